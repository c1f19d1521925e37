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
		## The order of events at the host; 0 when it does not tell.
		eid: count;
		## As the host writes it: hexadecimal.
		fd: string &default="";
		## ``succeeded``, ``in_progress`` or ``failed``; empty when the host does not tell.
		status: string &default="";
		## The login user, -1 when it is not known.
		auid: int &default=-1;
	};

	## A call was told of, or a socket found open when a host came (action ``snapshot``).
	global socket_seen: event(host_id: string, s: SocketInfo);
}

event osquery::socket_event_row(info: ResultInfo, action: string, pid: int, path: string, protocol: count, local_address: addr,
    local_port: count, remote_address: addr, remote_port: count, at: time, eid: count, fd: string, status: string, auid: int)
	{
	row_told(info);

	if ( info$utype == REMOVE )
		return;

	__called(info$host, action, pid, path, auid, protocol, local_address, local_port, remote_address, remote_port, at,
	    info$arrival_time, eid, fd, status);
	event socket_seen(info$host, SocketInfo($action=action, $pid=pid, $path=path, $protocol=protocol,
	    $local_address=local_address, $local_port=local_port, $remote_address=remote_address, $remote_port=remote_port,
	    $at=at, $arrival=info$arrival_time, $eid=eid, $fd=fd, $status=status, $auid=auid));
	}

event osquery::open_socket_row(info: ResultInfo, pid: int, protocol: count, la: addr, lp: count, ra: addr, rp: count)
	{
	row_told(info);
	__open_socket(info$host, pid, protocol, la, lp, ra, rp, info$host_time, info$utype == REMOVE);
	}

event osquery::listener_row(info: ResultInfo, pid: int, protocol: count, p: count, address: addr)
	{
	row_told(info);

	if ( pid >= 0 )
		__listener(info$host, pid, protocol, address, p, info$host_time, info$utype == REMOVE);
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
	    $query="SELECT pid, protocol, port, address FROM listening_ports WHERE family IN (2,10)"));
	}
