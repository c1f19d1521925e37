##! Processes of the hosts: who had a process number at what time.

@load ./users

module osquery;

export {
	type osquery::ProcessInfo: record {
		pid: int;
		path: string;
		cmdline: string;
		## -1 when it is not known.
		uid: int;
		parent: int;
		## The host's clock when it began to be this.
		since: time;
		## Who logged in to begin with; 4294967295 for nobody, -1 when it is not known.
		auid: int &default=-1;
		## The host's clock when it was found gone.
		until: time &optional;
	};

	## The process that had the number at a time of the host's clock.
	##
	## path: of its program when known, else empty: with the login user it tells processes apart that had the number one
	## after the other.
	##
	## auid: the login user, -1 when it is not known.
	##
	## Returns: one element, or none when nothing is known.
	global getProcess: function(host_id: string, pid: int, at: time, path: string &default="", auid: int &default=-1): vector of ProcessInfo;

	## Something was told of a process.
	global process_seen: event(host_id: string, process: ProcessInfo);
}

function getProcess(host_id: string, pid: int, at: time, path: string &default="", auid: int &default=-1): vector of ProcessInfo
	{
	return __process(host_id, pid, at, path, auid);
	}

# How the calls are named that start a process as a copy of its parent; clone3 is not told of.
const forks: set[string] = { "fork", "vfork", "clone" };

event osquery::process_event_row(info: ResultInfo, pid: int, path: string, cmdline: string, uid: int, parent: int, at: time,
    auid: int, syscall: string)
	{
	row_told(info);

	if ( info$utype == REMOVE )
		return;

	local p = ProcessInfo($pid=pid, $path=path, $cmdline=cmdline, $uid=uid, $parent=parent, $since=at, $auid=auid);
	__process_started(info$host, p, syscall in forks);
	event process_seen(info$host, p);
	}

event osquery::process_row(info: ResultInfo, pid: int, path: string, cmdline: string, uid: int, parent: int, start: time)
	{
	row_told(info);

	if ( info$utype == REMOVE )
		{
		__process_gone(info$host, pid, info$host_time);
		return;
		}

	local p = ProcessInfo($pid=pid, $path=path, $cmdline=cmdline, $uid=uid, $parent=parent, $since=start);
	__process_running(info$host, p);
	event process_seen(info$host, p);
	}

event zeek_init()
	{
	subscribe(Query($ev=process_event_row, $inter=correlation_interval,
	    $query="SELECT pid, path, cmdline, uid, parent, time, auid, syscall FROM process_events"));
	subscribe(Query($ev=process_row, $utype=BOTH, $inter=correlation_interval,
	    $query="SELECT pid, path, cmdline, uid, parent, start_time FROM processes"));
	}

module Processes;

export {
	## A process and those it comes from: itself, its parent, and so on to where nothing more is known. Empty when the
	## process is not known.
	##
	## at: the host's clock; 0 for now.
	global tree: function(host: string, pid: int, at: time &default=double_to_time(0.0)): vector of osquery::ProcessInfo;
}

function tree(host: string, pid: int, at: time &default=double_to_time(0.0)): vector of osquery::ProcessInfo
	{
	return osquery::__process_tree(host, pid, at == double_to_time(0.0) ? network_time() : at);
	}
