##! The shipped matching of connections with sockets.
##!
##! An open socket with all of a connection's addresses and ports is the best witness, and an accept names the client's
##! address and port. A connect names the server's only, and a host may make many connections to it: the calls in the host's
##! order are then paired with the connections in the order of their beginning, one by one. A call is told late but never
##! early, so one from before a connection's beginning cannot be its own.

@load ./attribution

module Attribution;

export {
	## How far a host's clock may be ahead of or behind this node's, its whole seconds included.
	const clock_slack = 2secs &redef;

	## How late a host may stamp a call.
	const stamp_delay = 30secs &redef;
}

# A connection as the pairing sees it.
type Flow: record {
	uid: string;
	start: time;
};

type FlowQueue: record {
	flows: vector of Flow &default=vector();
	# The first that is not paired.
	head: count &default=0;
};

# By host, remote address and port, protocol.
global flow_queues: table[string, addr, count, count] of FlowQueue = table() &write_expire=1day;

# The connect that was paired with a connection, by host and uid.
global paired: table[string, string] of osquery::SocketInfo = table() &read_expire=1day;

redef record connection += {
	## Whether it takes part in pairing.
	osquery_flow: bool &default=F;
};

function protocol_of(id: conn_id): count
	{
	return is_tcp_port(id$resp_p) ? 6 : 17;
	}

# Puts a connection where its beginning belongs; nearly always that is the end.
function enqueue_flow(q: FlowQueue, f: Flow)
	{
	if ( q$head > 100 && q$head * 2 > |q$flows| )
		{
		q$flows = q$flows[q$head:|q$flows|];
		q$head = 0;
		}

	q$flows += f;

	local i = |q$flows| - 1;

	while ( i > q$head && q$flows[i - 1]$start > f$start )
		{
		q$flows[i] = q$flows[i - 1];
		--i;
		q$flows[i] = f;
		}
	}

function add_flow(c: connection)
	{
	if ( c$osquery_flow || is_icmp_port(c$id$resp_p) || ! osquery::isMonitored(c$id$orig_h) )
		return;

	c$osquery_flow = T;

	local rp = port_to_count(c$id$resp_p);
	local protocol = protocol_of(c$id);
	local q: FlowQueue;

	for ( host in osquery::getHostIDsByAddress(c$id$orig_h) )
		{
		if ( [host, c$id$resp_h, rp, protocol] in flow_queues )
			q = flow_queues[host, c$id$resp_h, rp, protocol];
		else
			q = FlowQueue();

		enqueue_flow(q, Flow($uid=c$uid, $start=c$start_time));
		flow_queues[host, c$id$resp_h, rp, protocol] = q;
		}
	}

event new_connection(c: connection)
	{
	add_flow(c);
	}

# The host's address may have become known since.
event connection_state_remove(c: connection)
	{
	add_flow(c);
	}

# The next call that may belong to a connection which began at *start*; an empty vector when there is none.
function next_call(q: osquery::SocketQueue, start: time, by_stamp: bool): vector of osquery::SocketInfo
	{
	local found: vector of osquery::SocketInfo = vector();

	while ( q$head < |q$rows| )
		{
		local s = q$rows[q$head];

		if ( by_stamp && s$at > start + stamp_delay )
			break;

		++q$head;

		# It was there before the connection was.
		if ( s$arrival < start || (by_stamp && s$at + clock_slack < start) )
			next;

		found += s;
		break;
		}

	return found;
	}

# Pairs the connections of a queue that began up to *start*.
function pair_flows(host: string, ra: addr, rp: count, protocol: count, start: time)
	{
	local q = flow_queues[host, ra, rp, protocol];

	while ( q$head < |q$flows| && q$flows[q$head]$start <= start )
		{
		local f = q$flows[q$head];
		++q$head;

		local found: vector of osquery::SocketInfo = vector();

		if ( [host, ra, rp, protocol] in osquery::connects )
			found = next_call(osquery::connects[host, ra, rp, protocol], f$start, T);

		if ( |found| == 0 && [host, ra, rp, 0] in osquery::connects )
			found = next_call(osquery::connects[host, ra, rp, 0], f$start, T);

		if ( |found| > 0 )
			paired[host, f$uid] = found[0];
		}
	}

function any_of(pids: set[int]): int
	{
	local least = -1;

	for ( pid in pids )
		if ( least < 0 || pid < least )
			least = pid;

	return least;
	}

function open_pids(host: string, id: conn_id, is_orig: bool): set[int]
	{
	local op = port_to_count(id$orig_p);
	local rp = port_to_count(id$resp_p);
	local protocol = protocol_of(id);

	if ( is_orig && [host, protocol, id$orig_h, op, id$resp_h, rp] in osquery::open_sockets )
		return osquery::open_sockets[host, protocol, id$orig_h, op, id$resp_h, rp];

	if ( ! is_orig && [host, protocol, id$resp_h, rp, id$orig_h, op] in osquery::open_sockets )
		return osquery::open_sockets[host, protocol, id$resp_h, rp, id$orig_h, op];

	return set();
	}

function match_originator(host: string, info: Conn::Info): Candidate
	{
	local rp = port_to_count(info$id$resp_p);
	local protocol = protocol_of(info$id);
	local pids = open_pids(host, info$id, T);

	if ( [host, info$id$resp_h, rp, protocol] in flow_queues )
		pair_flows(host, info$id$resp_h, rp, protocol, info$ts);

	if ( [host, info$uid] in paired )
		{
		local s = paired[host, info$uid];
		delete paired[host, info$uid];

		# A process may have handed the socket on: whoever called connect is the originator.
		if ( |pids| == 0 || s$pid in pids )
			return make_candidate(host, s$pid, s$at, s$path, |pids| == 0 ? "connect" : "five-tuple");
		}

	if ( |pids| > 0 )
		return make_candidate(host, any_of(pids), info$ts, "", "five-tuple");

	return Candidate($host=host, $reason="address");
	}

function match_responder(host: string, info: Conn::Info): Candidate
	{
	local op = port_to_count(info$id$orig_p);
	local rp = port_to_count(info$id$resp_p);
	local protocol = protocol_of(info$id);

	if ( protocol == 6 && [host, info$id$orig_h, op] in osquery::accepts )
		{
		# Stamped when the process began to wait, which may be long before.
		local calls = next_call(osquery::accepts[host, info$id$orig_h, op], info$ts, F);

		if ( |calls| > 0 )
			return make_candidate(host, calls[0]$pid, info$ts, calls[0]$path, "accept");
		}

	# Without an accept: a child may hold the socket now, but the listener accepted it.
	local pids = open_pids(host, info$id, F);
	local listening: set[int] = set();

	if ( [host, protocol, rp] in osquery::listeners )
		listening = osquery::listeners[host, protocol, rp];

	local both = pids & listening;

	if ( |both| > 0 )
		return make_candidate(host, any_of(both), info$ts, "", "five-tuple");

	if ( |listening| == 1 )
		return make_candidate(host, any_of(listening), info$ts, "", "listener");

	if ( |pids| > 0 )
		return make_candidate(host, any_of(pids), info$ts, "", "five-tuple");

	if ( |listening| > 0 )
		return make_candidate(host, any_of(listening), info$ts, "", "listener");

	if ( [host, rp] in osquery::binds )
		{
		local b = osquery::binds[host, rp];

		if ( b$local_address == info$id$resp_h || b$local_address == 0.0.0.0 || b$local_address == [::] )
			return make_candidate(host, b$pid, b$at, b$path, "bind");
		}

	return Candidate($host=host, $reason="address");
	}

# A candidate that names a process goes before those that name only a host.
function append_candidate(all: vector of Candidate, c: Candidate)
	{
	local i = |all|;
	all += c;

	if ( ! c?$pid )
		return;

	while ( i > 0 && ! all[i - 1]?$pid )
		{
		all[i] = all[i - 1];
		--i;
		all[i] = c;
		}
	}

hook connection_attributing(info: Conn::Info, orig: vector of Candidate, resp: vector of Candidate)
	{
	if ( is_icmp_port(info$id$resp_p) )
		return;

	for ( o in osquery::getHostIDsByAddress(info$id$orig_h) )
		append_candidate(orig, match_originator(o, info));

	for ( r in osquery::getHostIDsByAddress(info$id$resp_h) )
		append_candidate(resp, match_responder(r, info));
	}
