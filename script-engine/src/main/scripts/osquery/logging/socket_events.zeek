##! osq-socket_events.log: sockets as they are bound, connected and accepted. The host knows half of the addresses only: a
##! connect leaves the local one at 0.0.0.0, a bind the remote one.

@load ../main

module OsquerySocketEvents;

export {
	redef enum Log::ID += { LOG };

	type OsquerySocketEvents::Info: record {
		t: time &log;
		host: string &log;
		action: string &log;
		pid: int &log;
		path: string &log;
		family: int &log;
		protocol: int &log;
		local_address: addr &log;
		remote_address: addr &log;
		local_port: int &log;
		remote_port: int &log;
		start_time: int &log;
		success: int &log;
	};

	global row: event(info: osquery::ResultInfo, action: string, pid: int, path: string, family: int, protocol: int,
	    local_address: addr, remote_address: addr, local_port: int, remote_port: int, start_time: int, success: int);
}

event row(info: osquery::ResultInfo, action: string, pid: int, path: string, family: int, protocol: int,
    local_address: addr, remote_address: addr, local_port: int, remote_port: int, start_time: int, success: int)
	{
	if ( info$utype != osquery::ADD )
		return;

	Log::write(LOG, Info($t=network_time(), $host=info$host, $action=action, $pid=pid, $path=path, $family=family,
	    $protocol=protocol, $local_address=local_address, $remote_address=remote_address, $local_port=local_port,
	    $remote_port=remote_port, $start_time=start_time, $success=success));
	}

event zeek_init()
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $path="osq-socket_events"));

	osquery::subscribe(osquery::Query($ev=row, $query="SELECT action, pid, path, family, protocol, local_address, remote_address, local_port, remote_port, time, success FROM socket_events"));
	}
