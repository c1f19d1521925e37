##! osq-processes.log: processes as they appear in the process table.

@load ../main

module OsqueryProcesses;

export {
	redef enum Log::ID += { LOG };

	type OsqueryProcesses::Info: record {
		## When the row came.
		t: time &log;
		host: string &log;
		pid: int &log;
		name: string &log;
		path: string &log;
		cmdline: string &log;
		cwd: string &log;
		root: string &log;
		uid: int &log;
		gid: int &log;
		## 1 when the program's file still exists.
		on_disk: int &log;
		start_time: int &log;
		parent: int &log;
		pgroup: int &log;
	};

	## One per row of the query.
	global row: event(info: osquery::ResultInfo, pid: int, name: string, path: string, cmdline: string, cwd: string,
	    root: string, uid: int, gid: int, on_disk: int, start_time: int, parent: int, pgroup: int);
}

event row(info: osquery::ResultInfo, pid: int, name: string, path: string, cmdline: string, cwd: string, root: string,
    uid: int, gid: int, on_disk: int, start_time: int, parent: int, pgroup: int)
	{
	if ( info$utype != osquery::ADD )
		return;

	Log::write(LOG, Info($t=network_time(), $host=info$host, $pid=pid, $name=name, $path=path, $cmdline=cmdline, $cwd=cwd,
	    $root=root, $uid=uid, $gid=gid, $on_disk=on_disk, $start_time=start_time, $parent=parent, $pgroup=pgroup));
	}

event zeek_init()
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $path="osq-processes"));

	osquery::subscribe(osquery::Query($ev=row, $query="SELECT pid,name,path,cmdline,cwd,root,uid,gid,on_disk,start_time,parent,pgroup FROM processes"));
	}
