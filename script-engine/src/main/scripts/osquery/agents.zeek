##! Agents that stream rows: clients of the endpoint that speak the events of Bro-Osquery (2018). An agent subscribes to the
##! topics of all hosts, of its own identifier and of its groups, says ``host_new``, gets the queries that are meant for it,
##! and publishes each row as the query's event, with an :zeek:type:`osquery::ResultInfo` and the columns, on the query's
##! topic. Topics are those of June 2018; what goes out goes to those of the talk, of May 2018, as well.

@load ./main
@load ./correlation/addresses
@load base/frameworks/broker
@load base/frameworks/cluster

module osquery;

export {
	## Where agents say that they are there.
	const HostAnnounceTopic = "/bro/osquery/host_announce" &redef;

	## The topic of all agents.
	const HostBroadcastTopic = "/bro/osquery/hosts" &redef;

	# Before the identifier of a host, and the name of a group.
	const HostIndividualTopic = "/bro/osquery/host" &redef;
	const HostGroupTopic = "/bro/osquery/group" &redef;

	## Where rows go that are for this node.
	const BroIndividualTopic = "/bro/osquery/bro/BroMaster" &redef;

	# The same in May 2018. Where they are empty, they are not used.
	const TalkAnnounceTopic = "/bro/osquery/announce" &redef;
	const TalkBroadcastTopic = "/bro/osquery/all" &redef;
	const TalkIndividualTopic = "/bro/osquery/uid" &redef;

	type osquery::Agent: record {
		## What the endpoint calls its connection; the agent says it.
		peer: string;
		## Those it said, and those it was made a member of.
		groups: set[string];
	};

	## The agents that are there, by host identifier.
	global agents: table[string] of Agent = table();

	## An agent is there.
	##
	## peer_name: the ``endpoint`` of its acknowledgement, so that its leaving is noticed.
	global host_new: event(peer_name: string, host_id: string, group_list: vector of string);

	# What agents are told. Rows raise the event *ev*; *inter* is in seconds.
	global host_subscribe: event(ev: string, query: string, cookie: string, resT: string, utype: string, inter: count)
	    &is_used;
	global host_unsubscribe: event(ev: string, query: string, cookie: string, resT: string, utype: string, inter: count)
	    &is_used;
	global host_execute: event(ev: string, query: string, cookie: string, resT: string, utype: string) &is_used;
	global host_join: event(group: string) &is_used;
	global host_leave: event(group: string) &is_used;
}

type Wish: record {
	q: Query;
	host: string;
	group: string;
};

type Grouping: record {
	range: subnet;
	group: string;
};

# What agents that come later get.
global wishes: vector of Wish = vector();
global groupings: vector of Grouping = vector();

function interval_of(q: Query): count
	{
	return q?$inter ? q$inter : default_query_interval;
	}

# Words of the protocol: what is neither is both.
function wanted_rows(q: Query): string
	{
	if ( q$utype == ADD )
		return "ADDED";

	if ( q$utype == REMOVE )
		return "REMOVED";

	return "BOTH";
	}

# Where agents send rows: the two ways to say this node are one.
function result_topic(q: Query): string
	{
	return q$resT == BroID_Topic ? BroIndividualTopic : q$resT;
	}

function send(topics: vector of string, what: string, q: Query)
	{
	local ev = __event_name(q$ev);

	for ( i in topics )
		switch ( what ) {
		case "subscribe":
			Broker::publish(topics[i], host_subscribe, ev, q$query, q$cookie, result_topic(q), wanted_rows(q),
			    interval_of(q));
			break;
		case "unsubscribe":
			Broker::publish(topics[i], host_unsubscribe, ev, q$query, q$cookie, result_topic(q), wanted_rows(q),
			    interval_of(q));
			break;
		default:
			Broker::publish(topics[i], host_execute, ev, q$query, q$cookie, result_topic(q), "SNAPSHOT");
			break;
		}
	}

function individual_topics(host_id: string): vector of string
	{
	local topics = vector(fmt("%s/%s", HostIndividualTopic, host_id));

	if ( TalkIndividualTopic != "" )
		topics += fmt("%s/%s", TalkIndividualTopic, host_id);

	return topics;
	}

function topics_of(host: string, group: string): vector of string
	{
	if ( host != "" )
		return individual_topics(host);

	if ( group != "" )
		return vector(fmt("%s/%s", HostGroupTopic, group));

	local topics = vector(HostBroadcastTopic);

	if ( TalkBroadcastTopic != "" )
		topics += TalkBroadcastTopic;

	return topics;
	}

# Everything but the cookie.
function same_query(a: Query, b: Query): bool
	{
	return a$query == b$query && __event_name(a$ev) == __event_name(b$ev) && a$utype == b$utype && a$resT == b$resT
	    && interval_of(a) == interval_of(b);
	}

hook asked(what: string, q: Query, host: string, group: string)
	{
	if ( what == "subscribe" )
		{
		wishes += Wish($q=q, $host=host, $group=group);

		if ( result_topic(q) != BroIndividualTopic )
			Broker::subscribe(q$resT);
		}

	if ( what == "unsubscribe" )
		{
		local kept: vector of Wish = vector();

		for ( i, w in wishes )
			if ( w$host != host || w$group != group || ! same_query(w$q, q) )
				kept += w;

		wishes = kept;
		}

	if ( |agents| > 0 )
		send(topics_of(host, group), what, q);
	}

function make_member(host_id: string, group: string)
	{
	local topics = individual_topics(host_id);

	if ( group in agents[host_id]$groups )
		return;

	add agents[host_id]$groups[group];

	for ( i in topics )
		Broker::publish(topics[i], host_join, group);

	for ( j, w in wishes )
		if ( w$group == group )
			send(topics, "subscribe", w$q);
	}

# Does an address of the host lie in a range that makes it a member?
function belongs(host_id: string, group: string): bool
	{
	for ( i, g in groupings )
		if ( g$group == group )
			for ( name, known in getHostInfoByHostID(host_id)$interface_info )
				for ( a in known$addresses )
					if ( a in g$range )
						return T;

	return F;
	}

function end_membership(host_id: string, group: string)
	{
	local topics = individual_topics(host_id);

	if ( group !in agents[host_id]$groups || belongs(host_id, group) )
		return;

	delete agents[host_id]$groups[group];

	for ( i in topics )
		Broker::publish(topics[i], host_leave, group);

	for ( j, w in wishes )
		if ( w$group == group )
			send(topics, "unsubscribe", w$q);
	}

hook grouped(range: subnet, group: string, is_join: bool)
	{
	local kept: vector of Grouping = vector();

	for ( i, g in groupings )
		if ( g$range != range || g$group != group )
			kept += g;

	groupings = kept;

	if ( is_join )
		groupings += Grouping($range=range, $group=group);

	for ( host_id in agents )
		if ( is_join && belongs(host_id, group) )
			make_member(host_id, group);
		else if ( ! is_join )
			end_membership(host_id, group);
	}

event host_addr_added(host_id: string, ip: addr)
	{
	if ( host_id !in agents )
		return;

	for ( i, g in groupings )
		if ( ip in g$range )
			make_member(host_id, g$group);
	}

event host_addr_removed(host_id: string, ip: addr)
	{
	if ( host_id !in agents )
		return;

	for ( i, g in groupings )
		if ( ip in g$range )
			end_membership(host_id, g$group);
	}

event host_new(peer_name: string, host_id: string, group_list: vector of string)
	{
	local groups: set[string] = set();

	for ( i in group_list )
		add groups[group_list[i]];

	if ( host_id in agents && agents[host_id]$peer != peer_name )
		event host_disconnected(host_id);

	agents[host_id] = Agent($peer=peer_name, $groups=groups);
	add streaming_hosts[host_id];
	event host_connected(host_id);

	local topics = individual_topics(host_id);

	for ( j, w in wishes )
		if ( (w$host == "" && w$group == "") || w$host == host_id || w$group in groups )
			send(topics, "subscribe", w$q);

	for ( k, g in groupings )
		if ( belongs(host_id, g$group) )
			make_member(host_id, g$group);
	}

event Cluster::websocket_client_lost(endpoint: Cluster::EndpointInfo, code: count, reason: string)
	{
	local gone: vector of string = vector();

	for ( host_id, agent in agents )
		if ( agent$peer == endpoint$id )
			gone += host_id;

	for ( i in gone )
		{
		delete agents[gone[i]];
		delete streaming_hosts[gone[i]];
		event host_disconnected(gone[i]);
		}
	}

event zeek_init()
	{
	if ( ! has_hosts )
		return;

	Broker::subscribe(HostAnnounceTopic);
	Broker::subscribe(BroIndividualTopic);
	Broker::subscribe(BroID_Topic);

	if ( TalkAnnounceTopic != "" )
		Broker::subscribe(TalkAnnounceTopic);
	}
