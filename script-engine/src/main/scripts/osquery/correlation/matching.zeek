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

	## How many calls ahead are looked through for the one of a connection.
	const most_calls_ahead = 50 &redef;
}

# A connection as the pairing sees it.
type Flow: record {
	uid: string;
	start: time;
	protocol: count;
};

type FlowQueue: record {
	flows: vector of Flow &default=vector();
	# The first that is not paired.
	head: count &default=0;
};

# By host, remote address and port.
global flow_queues: table[string, addr, count] of FlowQueue = table() &write_expire=1day;

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
		if ( [host, c$id$resp_h, rp] in flow_queues )
			q = flow_queues[host, c$id$resp_h, rp];
		else
			q = FlowQueue();

		enqueue_flow(q, Flow($uid=c$uid, $start=c$start_time, $protocol=protocol));
		flow_queues[host, c$id$resp_h, rp] = q;
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

# The accept that may belong to a connection which began at *start*; an empty vector when there is none. Its stamp is of no
# use: it tells when the process began to wait, which may be long before.
function next_accept(q: osquery::SocketQueue, start: time): vector of osquery::SocketInfo
	{
	local found: vector of osquery::SocketInfo = vector();

	while ( q$head < |q$rows| && |found| == 0 )
		{
		local s = q$rows[q$head];
		++q$head;

		if ( s$arrival >= start )
			found += s;
		}

	return found;
	}

# Whether a call of connect may have made a connection, beginning and order aside. The audit of hosts does not tell the
# protocol, but only TCP keeps a caller waiting, or fails.
function may_be_of(s: osquery::SocketInfo, protocol: count): bool
	{
	if ( s$is_taken || (s$protocol != 0 && s$protocol != protocol) )
		return F;

	return protocol == 6 || s$status == "" || s$status == "succeeded";
	}

# The connect of a connection; an empty vector when there is none.
function take_connect(q: osquery::SocketQueue, f: Flow): vector of osquery::SocketInfo
	{
	local found: vector of osquery::SocketInfo = vector();

	# What is taken, or was there before this connection, is nobody's any more.
	while ( q$head < |q$rows| )
		{
		local first = q$rows[q$head];

		if ( ! first$is_taken && first$arrival >= f$start && first$at + clock_slack >= f$start )
			break;

		++q$head;
		}

	local probe = -1;
	local i = q$head + 0;

	while ( i < |q$rows| && i < q$head + most_calls_ahead )
		{
		local s = q$rows[i];

		if ( s$at > f$start + stamp_delay )
			break;

		if ( may_be_of(s, f$protocol) )
			{
			if ( ! s$is_probe || f$protocol != 6 )
				{
				found += s;
				break;
				}

			if ( probe < 0 )
				probe = i;
			}

		++i;
		}

	# What looked like a probe was none, if nothing else did it.
	if ( |found| == 0 && probe >= 0 )
		found += q$rows[probe];

	if ( |found| == 0 )
		return found;

	found[0]$is_taken = T;

	# Probes from before it will not be needed.
	while ( probe >= 0 && probe < i )
		{
		if ( q$rows[probe]$is_probe )
			q$rows[probe]$is_taken = T;

		++probe;
		}

	return found;
	}

# Pairs the connections of a queue that began up to *start*.
function pair_flows(host: string, ra: addr, rp: count, start: time)
	{
	local q = flow_queues[host, ra, rp];

	while ( q$head < |q$flows| && q$flows[q$head]$start <= start )
		{
		local f = q$flows[q$head];
		++q$head;

		if ( [host, ra, rp] !in osquery::connects )
			next;

		local found = take_connect(osquery::connects[host, ra, rp], f);

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

function is_bound_to(b: osquery::SocketInfo, a: addr): bool
	{
	return b$local_address == a || b$local_address == 0.0.0.0 || b$local_address == [::];
	}

function match_originator(host: string, c: connection): Candidate
	{
	local rp = port_to_count(c$id$resp_p);
	local protocol = protocol_of(c$id);
	local pids = open_pids(host, c$id, T);

	if ( [host, c$id$resp_h, rp] in flow_queues )
		pair_flows(host, c$id$resp_h, rp, c$start_time);

	if ( [host, c$uid] in paired )
		{
		local s = paired[host, c$uid];

		# A process may have handed the socket on: whoever called connect is the originator.
		if ( |pids| == 0 || s$pid in pids )
			return make_candidate(host, s$pid, s$at, s$path, |pids| == 0 ? "connect" : "five-tuple", s$auid);
		}

	if ( |pids| > 0 )
		return make_candidate(host, any_of(pids), c$start_time, "", "five-tuple");

	local op = port_to_count(c$id$orig_p);

	if ( [host, op] in osquery::binds )
		{
		local b = osquery::binds[host, op];

		if ( is_bound_to(b, c$id$orig_h) && b$at + clock_slack >= c$start_time && b$at < c$start_time + stamp_delay )
			return make_candidate(host, b$pid, b$at, b$path, "bind", b$auid);
		}

	return Candidate($host=host, $method="address");
	}

# The listener that a process got its socket from: a server's children hold its sockets too, but it is the parent who
# accepted.
function acceptor(host: string, pid: int, listening: set[int], at: time): int
	{
	local found = osquery::getProcess(host, pid, at);

	if ( |found| > 0 && found[0]$parent in listening )
		{
		local parent = osquery::getProcess(host, found[0]$parent, at);

		if ( |parent| > 0 && parent[0]$path == found[0]$path )
			return found[0]$parent;
		}

	return pid;
	}

function match_responder(host: string, c: connection): Candidate
	{
	local op = port_to_count(c$id$orig_p);
	local rp = port_to_count(c$id$resp_p);
	local protocol = protocol_of(c$id);

	if ( protocol == 6 && [host, c$id$orig_h, op] in osquery::accepts )
		{
		local calls = next_accept(osquery::accepts[host, c$id$orig_h, op], c$start_time);

		if ( |calls| > 0 )
			return make_candidate(host, calls[0]$pid, c$start_time, calls[0]$path, "accept", calls[0]$auid);
		}

	# Without an accept: a child may hold the socket now, but the listener accepted it.
	local pids = open_pids(host, c$id, F);
	local listening: set[int] = set();

	if ( [host, protocol, rp] in osquery::listeners )
		listening = osquery::listeners[host, protocol, rp];

	# Best who holds this connection and listens too; then the only listener; then who holds it; then some listener.
	local holders = pids & listening;
	local method = "five-tuple";

	if ( |holders| == 0 && (|listening| == 1 || |pids| == 0) )
		{
		holders = listening;
		method = "listener";
		}
	else if ( |holders| == 0 )
		holders = pids;

	if ( |holders| > 0 )
		return make_candidate(host, acceptor(host, any_of(holders), listening, c$start_time), c$start_time, "", method);

	if ( [host, rp] in osquery::binds )
		{
		local b = osquery::binds[host, rp];

		if ( is_bound_to(b, c$id$resp_h) )
			return make_candidate(host, b$pid, b$at, b$path, "bind", b$auid);
		}

	return Candidate($host=host, $method="address");
	}

# A candidate that names a process goes before those that name only a host.
function append_candidate(all: vector of Candidate, found: Candidate)
	{
	local i = |all|;
	all += found;

	if ( ! found?$pid )
		return;

	while ( i > 0 && ! all[i - 1]?$pid )
		{
		all[i] = all[i - 1];
		--i;
		all[i] = found;
		}
	}

hook connection_attributing(c: connection, orig: vector of Candidate, resp: vector of Candidate)
	{
	if ( is_icmp_port(c$id$resp_p) )
		return;

	for ( o in osquery::getHostIDsByAddress(c$id$orig_h) )
		append_candidate(orig, match_originator(o, c));

	for ( r in osquery::getHostIDsByAddress(c$id$resp_h) )
		append_candidate(resp, match_responder(r, c));
	}
