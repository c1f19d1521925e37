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

# Oldest first. A number's entry goes away when nothing was told of it for a day and nobody asked.
global processes: table[string, int] of vector of ProcessInfo = table() &read_expire=1day;

# Those that one number may remember.
const most_versions = 8;

# How much of what is asked for a process has.
function likeness(p: ProcessInfo, path: string, auid: int): count
	{
	local n = 0;

	if ( path != "" && p$path == path )
		n += 2;

	if ( auid != -1 && p$auid == auid )
		n += 1;

	return n;
	}

function getProcess(host_id: string, pid: int, at: time, path: string &default="", auid: int &default=-1): vector of ProcessInfo
	{
	local found: vector of ProcessInfo = vector();

	if ( [host_id, pid] !in processes )
		return found;

	local versions = processes[host_id, pid];
	local best = -1;
	local best_likeness = 0;

	# A host stamps in whole seconds.
	local latest = at + 1sec;

	for ( i, version in versions )
		{
		if ( version$since > latest && best >= 0 )
			break;

		local n = likeness(version, path, auid);

		# Of equals the later one.
		if ( best < 0 || n >= best_likeness )
			{
			best = i;
			best_likeness = n;
			}
		}

	if ( best >= 0 )
		found += versions[best];

	return found;
	}

function remember_process(host_id: string, p: ProcessInfo)
	{
	if ( [host_id, p$pid] !in processes )
		processes[host_id, p$pid] = vector();

	local versions = processes[host_id, p$pid];
	local n = |versions|;

	if ( n > 0 && versions[n - 1]$path == p$path && versions[n - 1]$uid == p$uid &&
	     (p$auid == -1 || versions[n - 1]$auid == -1 || versions[n - 1]$auid == p$auid) &&
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

event osquery::process_event_row(info: ResultInfo, pid: int, path: string, cmdline: string, uid: int, parent: int, at: time,
    auid: int)
	{
	if ( info$utype == REMOVE )
		return;

	local p = ProcessInfo($pid=pid, $path=path, $cmdline=cmdline, $uid=uid, $parent=parent, $since=at, $auid=auid);
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
	    $query="SELECT pid, path, cmdline, uid, parent, time, auid FROM process_events"));
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

# Deeper than any real one: process numbers that were used again may make rings.
const most_ancestors = 64;

function tree(host: string, pid: int, at: time &default=double_to_time(0.0)): vector of osquery::ProcessInfo
	{
	local all: vector of osquery::ProcessInfo = vector();
	local when_ = at == double_to_time(0.0) ? network_time() : at;
	local seen: set[int] = set();
	local next_pid = pid;

	while ( next_pid > 0 && next_pid !in seen && |all| < most_ancestors )
		{
		add seen[next_pid];
		local found = osquery::getProcess(host, next_pid, when_);

		if ( |found| == 0 )
			break;

		all += found[0];
		next_pid = found[0]$parent;
		}

	return all;
	}
