##! Connections that other engines of the process see: they tell the manager of each, it answers who is behind it, and a row of
##! conn.log waits where the connection was until the answer is there.

@load ./conn
@load base/frameworks/cluster

module Attribution;

export {
	## What a shard tells of a connection that has ended.
	type Attribution::Ending: record {
		id: conn_id;
		start_time: time;
		duration: interval;
		history: string;
		service: set[string];
		orig: endpoint;
		resp: endpoint;
	};

	## To the manager.
	global begun_there: event(node: string, uid: string, id: conn_id, start_time: time);
	global established_there: event(uid: string);
	global ended_there: event(node: string, uid: string, ending: Ending);

	## To the shard that has the connection; the method of an end is empty when no host owns it.
	global answer: event(uid: string, orig: Candidate, resp: Candidate);

	## To all that have connections: who owns an address, or no longer does.
	global owner: event(host_id: string, ip: addr, is_gone: bool);
}

function answer_topic(node: string): string
	{
	return "tandem/ordered/node/" + node + "/";
	}

@if ( ! osquery::has_hosts )

# How much longer than the manager a live run waits for its answer. In replay it comes however long it takes.
const answer_delay = 5secs;

type Row: record {
	info: Conn::Info;
	token: Log::DelayToken;
};

# Connections that have been told to the manager and whose row is about to be written.
global told: set[string] = set() &create_expire=1min;

# Rows that wait.
global rows: table[string] of Row = table();

function is_joined(c: connection): bool
	{
	local transport = get_port_transport_proto(c$id$resp_p);
	return transport == tcp || transport == udp;
	}

event new_connection(c: connection)
	{
	if ( is_joined(c) )
		Cluster::publish(topic, begun_there, Cluster::node, c$uid, c$id, c$start_time);
	}

event connection_established(c: connection)
	{
	Cluster::publish(topic, established_there, c$uid);
	}

event connection_state_remove(c: connection)
	{
	if ( ! is_joined(c) )
		return;

	add told[c$uid];
	Cluster::publish(topic, ended_there, Cluster::node, c$uid, Ending($id=c$id, $start_time=c$start_time, $duration=c$duration,
	    $history=c$history, $service=c$service, $orig=c$orig, $resp=c$resp));
	}

# Called when a row has waited, for its answer or in vain.
function released(rec: any, id: Log::ID): bool
	{
	local info = rec as Conn::Info;
	delete rows[info$uid];
	return T;
	}

hook Log::log_stream_policy(rec: any, id: Log::ID)
	{
	if ( id != Conn::LOG )
		return;

	local info = rec as Conn::Info;

	if ( info$uid !in told )
		return;

	delete told[info$uid];
	local token = Log::delay(id, rec, released);
	rows[info$uid] = Row($info=info, $token=token);
	}

event answer(uid: string, orig: Candidate, resp: Candidate)
	{
	if ( uid !in rows )
		return;

	local row = rows[uid];

	fill(row$info, orig, resp);
	Log::delay_finish(Conn::LOG, row$info, row$token);
	}

event owner(host_id: string, ip: addr, is_gone: bool)
	{
	if ( is_gone )
		osquery::__address_removed(host_id, ip, network_time());
	else
		osquery::__address_added(host_id, ip, network_time());
	}

event zeek_init()
	{
	Cluster::subscribe(answer_topic(Cluster::node));
	Log::set_max_delay_interval(Conn::LOG, reading_traces() ? 36500days : grace + answer_delay);
	Log::set_max_delay_queue_size(Conn::LOG, 1000000);
	}

@else

# A connection that another engine has.
type There: record {
	node: string;
	c: connection;
	# Whether it has ended and its row waits.
	is_waiting: bool &default=F;
};

global there: table[string] of There = table() &create_expire=1day;

# Nothing more comes from hosts.
global hosts_have_ended = F;

# The hosts of a connection have not told all in time.
global overdue: event(uid: string);

function remember(node: string, uid: string, id: conn_id, start_time: time): connection
	{
	local none = endpoint($size=0, $state=0, $flow_label=0);
	local c = connection($id=id, $orig=none, $resp=copy(none), $start_time=start_time, $duration=0secs, $service=set(),
	    $history="", $uid=uid);
	there[uid] = There($node=node, $c=c);
	return c;
	}

event begun_there(node: string, uid: string, id: conn_id, start_time: time)
	{
	__begin(remember(node, uid, id, start_time));
	}

event established_there(uid: string)
	{
	if ( uid in there )
		event Attribution::connection_was_established(there[uid]$c);
	}

function give_answer(uid: string)
	{
	local t = there[uid];
	delete there[uid];
	local ends = lookup(t$c);
	__answered(t$c);
	Cluster::publish(answer_topic(t$node), answer, uid, agreed(ends$orig), agreed(ends$resp));

	if ( |ends$orig| + |ends$resp| > 0 )
		event connection_attributed(t$c, ends$orig, ends$resp);
	}

event ended_there(node: string, uid: string, ending: Ending)
	{
	local c = uid in there ? there[uid]$c : remember(node, uid, ending$id, ending$start_time);
	c$id = ending$id;
	c$duration = ending$duration;
	c$history = ending$history;
	c$service = ending$service;
	c$orig = ending$orig;
	c$resp = ending$resp;
	event Attribution::connection_has_ended(c);

	# 1: rows may come that bear on it.
	if ( __end(c, network_time()) == 1 && grace > 0secs && ! hosts_have_ended )
		{
		there[uid]$is_waiting = T;
		schedule grace { Attribution::overdue(uid) };
		}
	else
		give_answer(uid);
	}

event ready(c: connection)
	{
	if ( c$uid in there && there[c$uid]$is_waiting )
		give_answer(c$uid);
	}

event overdue(uid: string)
	{
	if ( uid in there && there[uid]$is_waiting )
		give_answer(uid);
	}

event net_done(t: time)
	{
	hosts_have_ended = T;
	local waiting: vector of string = vector();

	for ( uid, connection_there in there )
		if ( connection_there$is_waiting )
			waiting += uid;

	for ( i in waiting )
		give_answer(waiting[i]);
	}

event osquery::host_addr_added(host_id: string, ip: addr)
	{
	Cluster::publish(Cluster::worker_topic, owner, host_id, ip, F);
	}

event osquery::host_addr_removed(host_id: string, ip: addr)
	{
	Cluster::publish(Cluster::worker_topic, owner, host_id, ip, T);
	}

event zeek_init()
	{
	Cluster::subscribe(topic);
	}

@endif
