##! Nodes that work together: who there is, and on which topics they are spoken to. A node that stands alone answers the same
##! questions.

@load base/frameworks/broker
@load ./types

module Cluster;

export {
	redef enum Log::ID += { LOG };

	# Topics of all nodes of a kind.
	const logger_topic = "zeek/cluster/logger" &redef;
	const manager_topic = "zeek/cluster/manager" &redef;
	const proxy_topic = "zeek/cluster/proxy" &redef;
	const worker_topic = "zeek/cluster/worker" &redef;

	## Who publishes on all of these speaks to all nodes.
	const broadcast_topics = { logger_topic, manager_topic, proxy_topic, worker_topic };

	# What the topics of single nodes begin with.
	const node_topic_prefix = "zeek/cluster/node/" &redef;
	const nodeid_topic_prefix = "zeek/cluster/nodeid/" &redef;

	## The nodes by name.
	const nodes: table[string] of Node = {} &redef;

	## This node's name; empty when it is in no cluster.
	const node = getenv("CLUSTER_NODE") &redef;

	## Whether the manager writes the logs.
	const manager_is_logger = T &redef;

	## Whether rows of logs go to loggers in turn.
	const enable_round_robin_logging = T &redef;

	## When to try again to reach a node.
	const retry_interval = 1sec &redef;

	type Cluster::Info: record {
		ts: time;
		## Who says it.
		node: string;
		message: string;
	} &log;

	global log_policy: Log::PolicyHook;

	global is_enabled: function(): bool;

	## NONE without a cluster.
	global local_node_type: function(): NodeType;

	## ``0/unknown`` when none is set.
	global local_node_metrics_port: function(): port;

	global get_node_count: function(node_type: NodeType): count;

	## How many of them are up.
	global get_active_node_count: function(node_type: NodeType): count;

	## In order of name.
	global nodes_with_type: function(node_type: NodeType): vector of NamedNode;

	## What this node calls itself.
	global node_id: function(): string = Broker::node_id &redef;

	# The topic of one node, by its name or by what it calls itself.
	global node_topic: function(name: string): string &redef;
	global nodeid_topic: function(id: string): string &redef;

	## The node that calls itself so; one without a name when there is none.
	global nodeid_to_node: function(id: string): NamedNode;

	## Asks for the events of every topic that begins so.
	global subscribe: function(topic: string): bool;

	## Takes that back.
	global unsubscribe: function(topic: string): bool;

	# Called for each of these; whether they break does not matter.
	global on_subscribe: hook(topic: string);
	global on_unsubscribe: hook(topic: string);

	## A node says who it is.
	global hello: event(name: string, id: string);

	global node_up: event(name: string, id: string);
	global node_down: event(name: string, id: string);

	## Clients of the WebSocket endpoint come and go.
	global websocket_client_added: event(endpoint: EndpointInfo, subscriptions: string_vec);
	global websocket_client_lost: event(endpoint: EndpointInfo, code: count, reason: string);

	## Writes a line to cluster.log.
	global log: function(msg: string);
}

# Those that are up.
global active_node_ids: table[NodeType] of set[string] = table();

function is_enabled(): bool
	{
	return node != "";
	}

function local_node_type(): NodeType
	{
	return is_enabled() && node in nodes ? nodes[node]$node_type : NONE;
	}

function local_node_metrics_port(): port
	{
	if ( is_enabled() && node in nodes && nodes[node]?$metrics_port )
		return nodes[node]$metrics_port;

	return 0/unknown;
	}

function nodes_with_type(node_type: NodeType): vector of NamedNode
	{
	local found: vector of NamedNode = vector();

	for ( name, n in nodes )
		if ( n$node_type == node_type )
			found += NamedNode($name=name, $node=n);

	return sort(found, function(a: NamedNode, b: NamedNode): int { return strcmp(a$name, b$name); });
	}

function get_node_count(node_type: NodeType): count
	{
	return |nodes_with_type(node_type)|;
	}

function get_active_node_count(node_type: NodeType): count
	{
	return node_type in active_node_ids ? |active_node_ids[node_type]| : 0;
	}

function node_topic(name: string): string
	{
	return node_topic_prefix + name + "/";
	}

function nodeid_topic(id: string): string
	{
	return nodeid_topic_prefix + id + "/";
	}

function nodeid_to_node(id: string): NamedNode
	{
	for ( name, n in nodes )
		if ( n?$id && n$id == id )
			return NamedNode($name=name, $node=n);

	return NamedNode($name="", $node=Node($node_type=NONE, $ip=0.0.0.0));
	}

function subscribe(topic: string): bool
	{
	hook on_subscribe(topic);
	return __subscribe(topic);
	}

function unsubscribe(topic: string): bool
	{
	hook on_unsubscribe(topic);
	return __unsubscribe(topic);
	}

function log(msg: string)
	{
	Log::write(LOG, Info($ts=network_time(), $node=node, $message=msg));
	}

event zeek_init() &priority=5
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $path="cluster", $policy=log_policy));

	if ( is_enabled() && node !in nodes )
		{
		Reporter::error(fmt("'%s' is not a valid node in the Cluster::nodes configuration", node));
		terminate();
		}
	}

event hello(name: string, id: string) &priority=10
	{
	if ( name !in nodes )
		{
		Reporter::error(fmt("Got Cluster::hello msg from unexpected node: %s", name));
		return;
		}

	local n = nodes[name];

	if ( ! n?$id )
		event node_up(name, id);
	else if ( n$id != id )
		Reporter::error(fmt("Got Cluster::hello msg from duplicate node:%s", name));

	n$id = id;
	log(fmt("got hello from %s (%s)", name, id));

	if ( n$node_type !in active_node_ids )
		active_node_ids[n$node_type] = set();

	add active_node_ids[n$node_type][id];
	}

event node_down(name: string, id: string) &priority=10
	{
	local gone = nodeid_to_node(id);

	if ( gone$name == "" )
		{
		Reporter::error(fmt("No node found in Cluster::node_down() node:%s id:%s", name, id));
		return;
		}

	log(fmt("node down: %s", gone$name));
	delete gone$node$id;
	delete active_node_ids[gone$node$node_type][id];
	}

function format_endpoint_info(e: EndpointInfo): string
	{
	local application = e?$application_name ? fmt(" application_name=%s", e$application_name) : "";
	return fmt("'%s' (%s:%d)%s", e$id, e$network$address, e$network$bound_port, application);
	}

event websocket_client_added(endpoint: EndpointInfo, subscriptions: string_vec)
	{
	log(fmt("WebSocket client %s subscribed to %s", format_endpoint_info(endpoint), subscriptions));
	}

event websocket_client_lost(endpoint: EndpointInfo, code: count, reason: string)
	{
	local why = reason == "" ? "" : fmt(" and reason '%s'", reason);
	log(fmt("WebSocket client %s gone with code %d%s", format_endpoint_info(endpoint), code, why));
	}
