##! osq-listening_ports.log: ports as processes open them to others, IPv4 and IPv6.

@load ../main

module OsqueryListeningPorts;

export {
	redef enum Log::ID += { LOG };

	type OsqueryListeningPorts::Info: record {
		t: time &log;
		host: string &log;
		pid: int &log;
		fd: int &log;
		family: int &log;
		socket: int &log;
		protocol: int &log;
		address: addr &log;
		listening_port: int &log;
	};

	global row: event(info: osquery::ResultInfo, pid: int, fd: int, family: int, socket: int, protocol: int, address: addr,
	    listening_port: int);
}

event row(info: osquery::ResultInfo, pid: int, fd: int, family: int, socket: int, protocol: int, address: addr,
    listening_port: int)
	{
	if ( info$utype != osquery::ADD )
		return;

	Log::write(LOG, Info($t=network_time(), $host=info$host, $pid=pid, $fd=fd, $family=family, $socket=socket,
	    $protocol=protocol, $address=address, $listening_port=listening_port));
	}

event zeek_init()
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $path="osq-listening_ports"));

	# Families other than IPv4 and IPv6 have no ports.
	osquery::subscribe(osquery::Query($ev=row, $query="SELECT pid,fd,family,socket,protocol,address,port FROM listening_ports WHERE family IN (2,10)"));
	}
