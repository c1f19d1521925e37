##! osq-process_events.log: programs as they are started.

@load ../main

module OsqueryProcessEvents;

export {
	redef enum Log::ID += { LOG };

	type OsqueryProcessEvents::Info: record {
		t: time &log;
		host: string &log;
		pid: int &log;
		path: string &log;
		cmdline: string &log;
		cwd: string &log;
		uid: int &log;
		gid: int &log;
		start_time: int &log;
		parent: int &log;
	};

	global row: event(info: osquery::ResultInfo, pid: int, path: string, cmdline: string, cwd: string, uid: int, gid: int,
	    start_time: int, parent: int);
}

event row(info: osquery::ResultInfo, pid: int, path: string, cmdline: string, cwd: string, uid: int, gid: int,
    start_time: int, parent: int)
	{
	if ( info$utype != osquery::ADD )
		return;

	Log::write(LOG, Info($t=network_time(), $host=info$host, $pid=pid, $path=path, $cmdline=cmdline, $cwd=cwd, $uid=uid,
	    $gid=gid, $start_time=start_time, $parent=parent));
	}

event zeek_init()
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $path="osq-process_events"));

	osquery::subscribe(osquery::Query($ev=row, $query="SELECT pid,path,cmdline,cwd,uid,gid,time,parent FROM process_events"));
	}
