##! Sockets of the hosts. Audit tells who called connect, accept or bind, seconds late and with one end's address only; the
##! tables of open sockets and listening ports tell both ends, but only of what is open when they are read.

@load ./processes

module osquery;

export {
	## What is known of one call, or of one open socket.
	type osquery::SocketInfo: record {
		action: string;
		pid: int;
		path: string;
		## 6, 17, or 0 when the host did not tell.
		protocol: count;
		local_address: addr;
		local_port: count;
		remote_address: addr;
		remote_port: count;
		## The host's clock when it told.
		at: time;
		## This node's clock when it came.
		arrival: time;
		## The order of events at the host.
		eid: count;
		## As the host writes it: hexadecimal.
		fd: string &default="";
		## ``succeeded``, ``in_progress`` or ``failed``; empty when the host does not tell.
		status: string &default="";
		## The login user, -1 when it is not known.
		auid: int &default=-1;
		## Looks like a resolver that connects a datagram socket to one address of a name after the other, to see which of
		## them it would reach from where. No packet comes of that.
		is_probe: bool &default=F;
		## Its connection was found.
		is_taken: bool &default=F;
	};

	## How long a call waits for its connection to be seen.
	const socket_lifetime = 10mins &redef;

	## Calls of one kind that may wait, to one address and port of a host.
	const most_waiting_sockets = 1000 &redef;

	## A call was told of, or a socket found open when a host came (action ``snapshot``).
	global socket_seen: event(host_id: string, s: SocketInfo);

	## Calls that wait for their connection, in the host's order.
	type osquery::SocketQueue: record {
		rows: vector of SocketInfo &default=vector();
		## The first that waits.
		head: count &default=0;
	};

	## Calls of connect by remote address and port.
	global connects: table[string, addr, count] of SocketQueue = table() &write_expire=socket_lifetime;

	## Calls of accept by remote address and port.
	global accepts: table[string, addr, count] of SocketQueue = table() &write_expire=socket_lifetime;

	## Last calls of bind by local port.
	global binds: table[string, count] of SocketInfo = table() &write_expire=1day;

	## Processes by protocol, local address and port, remote address and port of an open socket.
	global open_sockets: table[string, count, addr, count, addr, count] of set[int] = table();

	## Processes by protocol and port they listen at.
	global listeners: table[string, count, count] of set[int] = table();
}

# Appends a call, or puts it where it belongs when it came late.
function enqueue(q: SocketQueue, s: SocketInfo)
	{
	if ( q$head > 100 && q$head * 2 > |q$rows| )
		{
		q$rows = q$rows[q$head:|q$rows|];
		q$head = 0;
		}

	if ( |q$rows| - q$head >= most_waiting_sockets )
		++q$head;

	q$rows += s;

	local i = |q$rows| - 1;

	while ( i > q$head && q$rows[i - 1]$eid > s$eid )
		{
		q$rows[i] = q$rows[i - 1];
		--i;
		q$rows[i] = s;
		}
	}

# The last call of connect of each host.
global last_connect: table[string] of SocketInfo = table() &write_expire=socket_lifetime;

function mark_probes(host_id: string, s: SocketInfo)
	{
	if ( host_id in last_connect )
		{
		local last = last_connect[host_id];

		if ( last$pid == s$pid && last$fd == s$fd && last$eid + 1 == s$eid && last$remote_port == s$remote_port &&
		     last$remote_address != s$remote_address && last$status == "succeeded" && s$status == "succeeded" )
			{
			last$is_probe = T;
			s$is_probe = T;
			}
		}

	last_connect[host_id] = s;
	}

function remember_call(host_id: string, s: SocketInfo)
	{
	local q: SocketQueue;

	if ( s$action == "connect" )
		{
		if ( [host_id, s$remote_address, s$remote_port] in connects )
			q = connects[host_id, s$remote_address, s$remote_port];
		else
			q = SocketQueue();

		mark_probes(host_id, s);
		enqueue(q, s);
		connects[host_id, s$remote_address, s$remote_port] = q;
		}
	else if ( s$action == "accept" )
		{
		if ( [host_id, s$remote_address, s$remote_port] in accepts )
			q = accepts[host_id, s$remote_address, s$remote_port];
		else
			q = SocketQueue();

		enqueue(q, s);
		accepts[host_id, s$remote_address, s$remote_port] = q;
		}
	else if ( s$action == "bind" )
		binds[host_id, s$local_port] = s;
	}

event osquery::socket_event_row(info: ResultInfo, action: string, pid: int, path: string, protocol: count, local_address: addr,
    local_port: count, remote_address: addr, remote_port: count, at: time, eid: count, fd: string, status: string, auid: int)
	{
	if ( info$utype == REMOVE )
		return;

	local s = SocketInfo($action=action, $pid=pid, $path=path, $protocol=protocol, $local_address=local_address,
	    $local_port=local_port, $remote_address=remote_address, $remote_port=remote_port, $at=at, $arrival=network_time(),
	    $eid=eid, $fd=fd, $status=status, $auid=auid);
	remember_call(info$host, s);
	event socket_seen(info$host, s);
	}

# ---- open sockets and listening ports

event osquery::open_socket_gone(host_id: string, protocol: count, la: addr, lp: count, ra: addr, rp: count, pid: int, told: time)
	{
	if ( is_early(told) || [host_id, protocol, la, lp, ra, rp] !in open_sockets )
		return;

	delete open_sockets[host_id, protocol, la, lp, ra, rp][pid];

	if ( |open_sockets[host_id, protocol, la, lp, ra, rp]| == 0 )
		delete open_sockets[host_id, protocol, la, lp, ra, rp];
	}

event osquery::open_socket_row(info: ResultInfo, pid: int, protocol: count, la: addr, lp: count, ra: addr, rp: count)
	{
	# A socket's five-tuple does not come back to another process soon enough to matter.
	if ( info$utype == REMOVE )
		{
		schedule state_removal_delay { osquery::open_socket_gone(info$host, protocol, la, lp, ra, rp, pid, network_time()) };
		return;
		}

	if ( pid < 0 )
		return;

	if ( [info$host, protocol, la, lp, ra, rp] !in open_sockets )
		open_sockets[info$host, protocol, la, lp, ra, rp] = set();

	add open_sockets[info$host, protocol, la, lp, ra, rp][pid];
	}

event osquery::listener_gone(host_id: string, protocol: count, p: count, pid: int, told: time)
	{
	if ( ! is_early(told) && [host_id, protocol, p] in listeners )
		delete listeners[host_id, protocol, p][pid];
	}

event osquery::listener_row(info: ResultInfo, pid: int, protocol: count, p: count)
	{
	if ( info$utype == REMOVE )
		{
		schedule state_removal_delay { osquery::listener_gone(info$host, protocol, p, pid, network_time()) };
		return;
		}

	if ( pid < 0 )
		return;

	if ( [info$host, protocol, p] !in listeners )
		listeners[info$host, protocol, p] = set();

	add listeners[info$host, protocol, p][pid];
	}

event osquery::snapshot_row(info: ResultInfo, pid: int, path: string, protocol: count, la: addr, lp: count, ra: addr, rp: count)
	{
	event socket_seen(info$host, SocketInfo($action="snapshot", $pid=pid, $path=path, $protocol=protocol, $local_address=la,
	    $local_port=lp, $remote_address=ra, $remote_port=rp, $at=network_time(), $arrival=network_time(), $eid=0));
	}

event host_connected(host_id: string)
	{
	execute(Query($ev=snapshot_row, $query="SELECT s.pid, p.path, s.protocol, s.local_address, s.local_port, s.remote_address, s.remote_port FROM process_open_sockets AS s LEFT JOIN processes AS p ON s.pid = p.pid WHERE s.family IN (2,10) AND s.remote_port != 0"),
	    host_id);
	}

event zeek_init()
	{
	subscribe(Query($ev=socket_event_row, $inter=correlation_interval,
	    $query="SELECT action, pid, path, protocol, local_address, local_port, remote_address, remote_port, time, eid, fd, status, auid FROM socket_events"));
	subscribe(Query($ev=open_socket_row, $utype=BOTH, $inter=correlation_interval,
	    $query="SELECT pid, protocol, local_address, local_port, remote_address, remote_port FROM process_open_sockets WHERE family IN (2,10) AND remote_port != 0"));
	subscribe(Query($ev=listener_row, $utype=BOTH, $inter=correlation_interval,
	    $query="SELECT pid, protocol, port FROM listening_ports WHERE family IN (2,10)"));
	}
