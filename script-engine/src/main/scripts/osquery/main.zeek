##! Queries to hosts that run osquery. A script hands over SQL and an event; each row that a host gives raises that event:
##!
##!     event mount_seen(info: osquery::ResultInfo, device: string, path: string)
##!         { print fmt("%s: %s on %s", info$host, device, path); }
##!
##!     event zeek_init()
##!         { osquery::subscribe([$ev=mount_seen, $query="SELECT device, path FROM mounts"]); }
##!
##! The event's parameters take the columns in the order of the SELECT. Text becomes what the parameter declares: string, int,
##! count, double, bool, addr, subnet, port, time, interval or enum. NULL, empty text and text that is no such value become
##! "", -1, 0, F, 0.0.0.0 and so on.

module osquery;

export {
	redef enum Log::ID += { LOG };

	## Which changes of a result are wanted, and which one a row is. A result that is asked for again and again is told by
	## its differences: a row that is new, a row that is gone.
	type osquery::UpdateType: enum {
		ADD,
		REMOVE,
		## Wanted only.
		BOTH,
		## The whole result each time.
		SNAPSHOT
	};

	## Whether hosts are this node's affair: of the shards of a process they are the manager's, which asks them, gets what they
	## answer and joins it with the connections of all. Questions of the others are left to the same scripts there.
	const has_hosts = getenv("TANDEM_SHARDS") == "" || getenv("CLUSTER_NODE") == "manager";

	## Names this node to hosts: where they send results.
	const BroID_Topic = "/bro/osquery/uid/BroMaster" &redef;

	## Seconds between the runs of a query that says nothing else.
	const default_query_interval: count = 10 &redef;

	## A question.
	type osquery::Query: record {
		query: string;
		utype: UpdateType &default=ADD;
		## Seconds.
		inter: count &optional;
		## Where results go.
		resT: string &default=BroID_Topic;
		## The event that rows raise.
		ev: any &optional;
		## Comes back with each row.
		cookie: string &default="";
	};

	## Says of a row where it is from. The first parameter of every row event.
	type osquery::ResultInfo: record {
		## Identifier of the host.
		host: string;
		## ADD, REMOVE or SNAPSHOT.
		utype: UpdateType;
		cookie: string &optional;
		## The host's clock when it made the row.
		host_time: time &optional;
		## This node's clock when the row came.
		arrival_time: time &optional;
		## What the host adds to each of its lines, by name (see :zeek:id:`Hosts::decorators_load`).
		decorations: table[string] of string &optional;
	};

	# ---- asking; without host and group every host is meant, with both the host and the group

	## Asks hosts again and again, those that come later too.
	global subscribe: function(q: Query, host: string &default="", group: string &default="");

	## Takes that back; the query must be the same but for its cookie.
	global unsubscribe: function(q: Query, host: string &default="", group: string &default="");

	## Asks once, of hosts that are there now.
	global execute: function(q: Query, host: string &default="", group: string &default="");

	# The same for several hosts and groups. *qs* is a query or a vector of queries.
	global subscribe_multiple: function(qs: any, host_list: vector of string &default=vector(""),
	    group_list: vector of string &default=vector(""));
	global unsubscribe_multiple: function(qs: any, host_list: vector of string &default=vector(""),
	    group_list: vector of string &default=vector(""));
	global execute_multiple: function(qs: any, host_list: vector of string &default=vector(""),
	    group_list: vector of string &default=vector(""));

	# ---- groups; a host may be in several, and names are compared whole

	## Makes every host with an address in *range* a member, now and later.
	global join: function(range: subnet, group: string);

	## Takes a join back, and the queries that came with it.
	global leave: function(range: subnet, group: string);

	global join_multiple: function(range_list: vector of subnet, group: string);
	global leave_multiple: function(range_list: vector of subnet, group: string);

	## The name of :zeek:id:`osquery::join` in 2018.
	global set_host_group: function(range: subnet, group: string);

	## Something was asked of hosts, or taken back.
	##
	## what: ``subscribe``, ``unsubscribe`` or ``execute``.
	##
	## host, group: one is empty, or both, which means every host.
	global asked: hook(what: string, q: Query, host: string, group: string);

	## Hosts with addresses in a range were made members of a group; ``is_join`` is F when that was taken back.
	global grouped: hook(range: subnet, group: string, is_join: bool);

	# ---- hosts

	## Whether a host is there.
	global isHostAlive: function(host_id: string): bool;

	## The hosts that are there.
	global hosts: set[string] = set();

	## Those of them that are clients of the endpoint, not osquery.
	global streaming_hosts: set[string] = set();

	global host_connected: event(host_id: string);
	global host_disconnected: event(host_id: string);

	## Where a host's own connection to this node comes from: its address, or that of a router that translates addresses.
	## Raise it for hosts whose rows come another way; connections from there are then matched with the host's calls.
	global host_heard_from: event(host_id: string, a: addr);

	# What a host has to say.
	global host_log: event(host_id: string, msg: string);
	global host_warning: event(host_id: string, msg: string);
	global host_error: event(host_id: string, msg: string);

	## The same with all that is known of it.
	##
	## severity: 0 information, 1 warning, 2 error, 3 fatal.
	##
	## origin: file and line of the agent's source.
	##
	## host_time: the host's clock; 0 when it does not say.
	global host_status: event(host_id: string, severity: count, msg: string, origin: string, host_time: time);

	## An operator has asked hosts, by ``tandemctl query``.
	##
	## user: who runs the daemon's control command.
	global operator_asked: event(user: string, query: string, host: string, group: string);

	## A host has answered a query that was asked once, perhaps with no row at all.
	##
	## error: why it could not; else empty.
	global query_finished: event(host_id: string, query: string, cookie: string, rows: count, error: string);

	## A row of a query that a pack has (:zeek:id:`Hosts::packs`).
	##
	## pack, query: their names.
	##
	## columns: by name, without those that are NULL.
	global pack_row: event(info: ResultInfo, pack: string, query: string, columns: table[string] of string);

	## A value as it may stand in a query: in quotes, with those inside doubled, so that nothing in it is taken for SQL.
	global literal: function(value: string): string;

	# ---- osquery.log

	type osquery::Info: record {
		ts: time &log;
		## ``bro`` for this node, ``osquery`` for a host.
		source: string &log;
		## The host.
		peer: string &log &optional;
		level: string &log &optional;
		message: string &log;
	};

	global log_osquery: event(rec: Info);

	global log_policy: Log::PolicyHook;

	## Writes a message of this node to osquery.log.
	global log_local: function(level: string, peer: string, message: string);
}

function literal(value: string): string
	{
	# A zero byte would end the query for SQLite.
	return "'" + gsub(gsub(value, /\x00/, ""), /'/, "''") + "'";
	}

# What is to be done with a query and one target.
type Action: function(q: Query, host: string, group: string): bool;

function for_targets(q: Query, host_list: vector of string, group_list: vector of string, act: Action)
	{
	local named = F;

	for ( i in host_list )
		if ( host_list[i] != "" )
			{
			named = T;
			act(q, host_list[i], "");
			}

	for ( j in group_list )
		if ( group_list[j] != "" )
			{
			named = T;
			act(q, "", group_list[j]);
			}

	if ( ! named )
		act(q, "", "");
	}

function do_subscribe(q: Query, host: string, group: string): bool
	{
	if ( ! has_hosts || ! __subscribe(q, host, group) )
		return F;

	hook asked("subscribe", q, host, group);
	return T;
	}

function do_unsubscribe(q: Query, host: string, group: string): bool
	{
	if ( ! has_hosts || ! __unsubscribe(q, host, group) )
		return F;

	hook asked("unsubscribe", q, host, group);
	return T;
	}

global execute_for: event(node: string, ev: string, query: string, cookie: string, host: string, group: string);

function do_execute(q: Query, host: string, group: string): bool
	{
	if ( ! has_hosts )
		return Cluster::publish(Cluster::manager_topic, osquery::execute_for, Cluster::node, __event_name(q$ev), q$query,
		    q$cookie, host, group);

	if ( host !in streaming_hosts && ! __execute(q, host, group) )
		return F;

	hook asked("execute", q, host, group);
	return T;
	}

# A worker has a question for a host: the manager asks it, and has the event of its rows.
event osquery::execute_for(node: string, ev: string, query: string, cookie: string, host: string, group: string)
	{
	local found = lookup_ID(ev);
	do_execute(Query($ev=found, $query=query, $cookie=cookie), host, group);
	}

function subscribe(q: Query, host: string &default="", group: string &default="")
	{
	for_targets(q, vector(host), vector(group), do_subscribe);
	}

function unsubscribe(q: Query, host: string &default="", group: string &default="")
	{
	for_targets(q, vector(host), vector(group), do_unsubscribe);
	}

function execute(q: Query, host: string &default="", group: string &default="")
	{
	for_targets(q, vector(host), vector(group), do_execute);
	}

function for_queries(qs: any, host_list: vector of string, group_list: vector of string, act: Action)
	{
	local queries = __queries(qs);

	for ( i in queries )
		for_targets(queries[i], host_list, group_list, act);
	}

function subscribe_multiple(qs: any, host_list: vector of string &default=vector(""), group_list: vector of string &default=vector(""))
	{
	for_queries(qs, host_list, group_list, do_subscribe);
	}

function unsubscribe_multiple(qs: any, host_list: vector of string &default=vector(""), group_list: vector of string &default=vector(""))
	{
	for_queries(qs, host_list, group_list, do_unsubscribe);
	}

function execute_multiple(qs: any, host_list: vector of string &default=vector(""), group_list: vector of string &default=vector(""))
	{
	for_queries(qs, host_list, group_list, do_execute);
	}

function join(range: subnet, group: string)
	{
	if ( ! has_hosts )
		return;

	__join(range, group);
	hook grouped(range, group, T);
	}

function leave(range: subnet, group: string)
	{
	if ( ! has_hosts )
		return;

	__leave(range, group);
	hook grouped(range, group, F);
	}

function join_multiple(range_list: vector of subnet, group: string)
	{
	for ( i in range_list )
		join(range_list[i], group);
	}

function leave_multiple(range_list: vector of subnet, group: string)
	{
	for ( i in range_list )
		leave(range_list[i], group);
	}

function set_host_group(range: subnet, group: string)
	{
	join(range, group);
	}

function isHostAlive(host_id: string): bool
	{
	return host_id in hosts;
	}

function log_message(source: string, level: string, peer: string, message: string)
	{
	Log::write(LOG, Info($ts=network_time(), $source=source, $peer=peer, $level=level, $message=message));
	}

function log_local(level: string, peer: string, message: string)
	{
	log_message("bro", level, peer, message);
	}

event zeek_init() &priority=5
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $ev=log_osquery, $path="osquery", $policy=log_policy));
	}

event host_connected(host_id: string) &priority=10
	{
	add hosts[host_id];
	log_local("info", host_id, "Osquery host connected");
	}

event host_disconnected(host_id: string) &priority=10
	{
	delete hosts[host_id];
	log_local("info", host_id, "Osquery host disconnected");
	}

event host_log(host_id: string, msg: string)
	{
	log_message("osquery", "info", host_id, msg);
	}

event host_warning(host_id: string, msg: string)
	{
	log_message("osquery", "warning", host_id, msg);
	}

event host_error(host_id: string, msg: string)
	{
	log_message("osquery", "error", host_id, msg);
	}
