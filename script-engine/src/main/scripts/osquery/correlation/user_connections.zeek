##! osq-user_connections.log: sockets together with the process and the user behind them, out of what hosts tell alone.

@load ./sockets

module OsqueryUserConnections;

export {
	redef enum Log::ID += { LOG };

	type OsqueryUserConnections::Info: record {
		t: time &log;
		host: string &log;
		## connect, accept, bind, or snapshot for what was open when the host came.
		action: string &log;
		local_address: addr &log;
		local_port: int &log;
		remote_address: addr &log;
		remote_port: int &log;
		pid: int &log;
		path: string &log;
		cmdline: string &log;
		uid: int &log;
		## Empty when the host has told no name.
		username: string &log;
	};

	## How long a socket waits for its process to be told.
	const process_wait = 30secs &redef;
}

# Sockets by host and process number whose process has not been told.
global waiting: table[string, int] of vector of osquery::SocketInfo = table() &write_expire=process_wait;

function write_row(host_id: string, s: osquery::SocketInfo, p: osquery::ProcessInfo)
	{
	Log::write(LOG, Info($t=network_time(), $host=host_id, $action=s$action, $local_address=s$local_address,
	    $local_port=s$local_port, $remote_address=s$remote_address, $remote_port=s$remote_port,
	    $pid=s$pid, $path=s$path == "" ? p$path : s$path, $cmdline=p$cmdline, $uid=p$uid,
	    $username=osquery::getUserName(host_id, p$uid)));
	}

event osquery::socket_seen(host_id: string, s: osquery::SocketInfo)
	{
	local found = osquery::getProcess(host_id, s$pid, s$at, s$path, s$auid);

	if ( |found| > 0 )
		{
		write_row(host_id, s, found[0]);
		return;
		}

	if ( [host_id, s$pid] !in waiting )
		waiting[host_id, s$pid] = vector();

	waiting[host_id, s$pid] += s;
	}

event osquery::process_seen(host_id: string, process: osquery::ProcessInfo)
	{
	if ( [host_id, process$pid] !in waiting )
		return;

	local sockets = waiting[host_id, process$pid];
	delete waiting[host_id, process$pid];

	for ( i in sockets )
		write_row(host_id, sockets[i], process);
	}

event zeek_init()
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $path="osq-user_connections"));
	}
