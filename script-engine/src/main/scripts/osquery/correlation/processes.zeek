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
	};

	## The process that had the number at a time of the host's clock.
	##
	## path: of its program when known, else empty: tells processes apart that had the number one after the other.
	##
	## Returns: an info with an empty vector when nothing is known.
	global getProcess: function(host_id: string, pid: int, at: time, path: string &default=""): vector of ProcessInfo;

	## Something was told of a process.
	global process_seen: event(host_id: string, process: ProcessInfo);
}

# Oldest first. A number's entry goes away when nothing was told of it for a day and nobody asked.
global processes: table[string, int] of vector of ProcessInfo = table() &read_expire=1day;

# Those that one number may remember.
const most_versions = 8;

function getProcess(host_id: string, pid: int, at: time, path: string &default=""): vector of ProcessInfo
	{
	local found: vector of ProcessInfo = vector();

	if ( [host_id, pid] !in processes )
		return found;

	local best = -1;

	# A host stamps in whole seconds.
	local latest = at + 1sec;

	for ( i, version in processes[host_id, pid] )
		{
		if ( version$since > latest && best >= 0 )
			break;

		if ( best < 0 || path == "" || version$path == path || processes[host_id, pid][best]$path != path )
			best = i;
		}

	if ( best >= 0 )
		found += processes[host_id, pid][best];

	return found;
	}

function remember_process(host_id: string, p: ProcessInfo)
	{
	if ( [host_id, p$pid] !in processes )
		processes[host_id, p$pid] = vector();

	local versions = processes[host_id, p$pid];
	local n = |versions|;

	if ( n > 0 && versions[n - 1]$path == p$path && versions[n - 1]$uid == p$uid &&
	     (versions[n - 1]$cmdline == p$cmdline || versions[n - 1]$cmdline == "") )
		{
		# The same told twice, or told better.
		versions[n - 1]$cmdline = p$cmdline;
		return;
		}

	if ( n >= most_versions )
		versions = versions[1:n];

	versions += p;
	processes[host_id, p$pid] = versions;
	}

event osquery::process_event_row(info: ResultInfo, pid: int, path: string, cmdline: string, uid: int, parent: int, at: time)
	{
	if ( info$utype == REMOVE )
		return;

	local p = ProcessInfo($pid=pid, $path=path, $cmdline=cmdline, $uid=uid, $parent=parent, $since=at);
	remember_process(info$host, p);
	event process_seen(info$host, p);
	}

event osquery::process_row(info: ResultInfo, pid: int, path: string, cmdline: string, uid: int, parent: int, start: time)
	{
	if ( info$utype == REMOVE )
		return;

	local p = ProcessInfo($pid=pid, $path=path, $cmdline=cmdline, $uid=uid, $parent=parent, $since=start);

	# What was told of this number since it started was another program or user: it has changed.
	if ( [info$host, pid] in processes )
		for ( i, version in processes[info$host, pid] )
			if ( version$since > p$since )
				p$since = version$since;

	remember_process(info$host, p);
	event process_seen(info$host, p);
	}

event zeek_init()
	{
	subscribe(Query($ev=process_event_row, $inter=correlation_interval,
	    $query="SELECT pid, path, cmdline, uid, parent, time FROM process_events"));
	subscribe(Query($ev=process_row, $utype=BOTH, $inter=correlation_interval,
	    $query="SELECT pid, path, cmdline, uid, parent, start_time FROM processes"));
	}
