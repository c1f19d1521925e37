##! What the README of Bro-Osquery showed in 2018, in other words: ask every host for its processes, and log them.

module HostPrograms;

export {
	redef enum Log::ID += { LOG };

	type Info: record {
		t: time &log;
		host: string &log;
		pid: int &log;
		name: string &log;
		cmdline: string &log;
		uid: int &log;
	};
}

# No prototype: the handler's parameters say what the columns are.
event host_programs(resultInfo: osquery::ResultInfo, pid: int, name: string, cmdline: string, uid: int)
	{
	if ( resultInfo$utype != osquery::ADD )
		return;

	print fmt("%s runs %s (%d)", resultInfo$host, name, pid);

	local info: Info = [$t=network_time(), $host=resultInfo$host, $pid=pid, $name=name, $cmdline=cmdline, $uid=uid];
	Log::write(LOG, info);
	}

event bro_init()
	{
	Log::create_stream(LOG, [$columns=Info, $path="host-programs"]);

	local query = [$ev=host_programs, $query="SELECT pid,name,cmdline,uid FROM processes"];
	osquery::subscribe(query);
	}
