##! Events to and from other nodes, and clients of the endpoint. Nodes publish events on topics and get those of the topics
##! whose beginning they subscribed to:
##!
##!     event zeek_init()
##!         { Broker::subscribe("my/topic"); }
##!
##!     event pong(n: count)
##!         { Broker::publish("my/topic/ping", ping, n + 1); }

module Broker;

export {
	## Where :zeek:id:`Broker::listen` listens when it is told nothing else.
	const default_port = 9999/tcp &redef;
	const default_listen_address = getenv("ZEEK_DEFAULT_LISTEN_ADDRESS") &redef;

	## When to try again to listen, and to connect; 0 secs is never.
	const default_listen_retry = 1sec &redef;
	const default_connect_retry = 1sec &redef;

	## Peers are spoken to over TLS when this node has a certificate.
	const disable_ssl = F &redef;
	const ssl_cafile = "" &redef;
	const ssl_capath = "" &redef;
	const ssl_certificate = "" &redef;
	const ssl_passphrase = "" &redef;
	const ssl_keyfile = "" &redef;

	## Whether nodes pass on what was published elsewhere.
	const forward_messages = F &redef;

	## Before the name of a log's topic.
	const default_log_topic_prefix = "zeek/logs/" &redef;

	## The topic that a log's rows go to.
	function default_log_topic(id: Log::ID, path: string): string
		{
		return default_log_topic_prefix + cat(id);
		}

	const log_topic: function(id: Log::ID, path: string): string = default_log_topic &redef;

	## Takes connections of other nodes.
	##
	## a: an address of this machine; all of them when empty.
	##
	## Returns: the port, or ``0/unknown`` when it cannot be had.
	global listen: function(a: string &default=default_listen_address, p: port &default=default_port,
	    retry: interval &default=default_listen_retry): port;

	## Connects to another node, and again when the connection is lost.
	global peer: function(a: string, p: port &default=default_port, retry: interval &default=default_connect_retry): bool;

	## Ends a connection that :zeek:id:`Broker::peer` made.
	global unpeer: function(a: string, p: port): bool;

	## Whether there is a connection to that node that this one made.
	global is_outbound_peering: function(a: string, p: port): bool;

	## The nodes that this one is connected with.
	global peers: function(): vector of PeerInfo;

	## Names this node; another name each time it runs.
	global node_id: function(): string;

	## Hands over what is waiting for other nodes. Nothing does.
	global flush_logs: function(): count;

	## Asks for the events of every topic that begins so.
	global subscribe: function(topic_prefix: string): bool;

	## Takes that back.
	global unsubscribe: function(topic_prefix: string): bool;

	## Asks that events of such topics be passed on though this node does not want them.
	global forward: function(topic_prefix: string): bool;

	## An endpoint's connections changed.
	global peer_added: event(endpoint: EndpointInfo, msg: string);
	global peer_removed: event(endpoint: EndpointInfo, msg: string);
	global peer_lost: event(endpoint: EndpointInfo, msg: string);
	global endpoint_discovered: event(endpoint: EndpointInfo, msg: string);
	global endpoint_unreachable: event(endpoint: EndpointInfo, msg: string);
	global status: event(endpoint: EndpointInfo, msg: string);

	## Something went wrong.
	global error: event(code: ErrorCode, msg: string);

	global internal_log_event: event(lvl: LogSeverityLevel, id: string, description: string);
}

event retry_listen(a: string, p: port, retry: interval)
	{
	listen(a, p, retry);
	}

function listen(a: string, p: port, retry: interval): port
	{
	local bound = __listen(a, p);

	if ( port_to_count(bound) == 0 && retry != 0secs )
		schedule retry { retry_listen(a, p, retry) };

	return bound;
	}

function peer(a: string, p: port, retry: interval): bool
	{
	return __peer(a, p, retry);
	}

function unpeer(a: string, p: port): bool
	{
	return __unpeer(a, p);
	}

function is_outbound_peering(a: string, p: port): bool
	{
	return __is_outbound_peering(a, p);
	}

function peers(): vector of PeerInfo
	{
	return __peers();
	}

function node_id(): string
	{
	return __node_id();
	}

function flush_logs(): count
	{
	return 0;
	}

function subscribe(topic_prefix: string): bool
	{
	return __subscribe(topic_prefix);
	}

function unsubscribe(topic_prefix: string): bool
	{
	return __unsubscribe(topic_prefix);
	}

function forward(topic_prefix: string): bool
	{
	return __forward(topic_prefix);
	}
