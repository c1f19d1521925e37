##! Asks hosts for processes that own a socket of a connection and of which nothing was told: their rows were lost. What the
##! host answers revises the attribution.

@load ./attribution
@load ./processes

module Attribution;

export {
	## So many processes a host is asked for in a minute at most; 0 asks for none.
	option most_asked = 20;

	## A host is asked for the same process number once in this time.
	const asked_once_in = 10mins &redef;
}

# Process numbers that were asked for, and until when, by the host's clock, the process must have begun.
global asked_for: table[string, int] of time = table() &create_expire=asked_once_in;

# How many were asked for within the last minute.
global asked_lately: table[string] of count = table() &default=0 &create_expire=1min;

# What a host knows of a process that it was asked for.
global process_found: event(info: osquery::ResultInfo, pid: int, path: string, cmdline: string, uid: int, parent: int, start: time);

event process_found(info: osquery::ResultInfo, pid: int, path: string, cmdline: string, uid: int, parent: int, start: time)
	{
	osquery::row_told(info);

	# One that began later has only the number in common.
	if ( [info$host, pid] !in asked_for || start > asked_for[info$host, pid] )
		return;

	local p = osquery::ProcessInfo($pid=pid, $path=path, $cmdline=cmdline, $uid=uid, $parent=parent, $since=start);
	osquery::__process_running(info$host, p);
	event osquery::process_seen(info$host, p);
	}

function ask_for_missing(candidates: vector of Candidate, began: time)
	{
	if ( |candidates| == 0 || ! candidates[0]?$pid || candidates[0]$confidence < least_confidence )
		return;

	local host = candidates[0]$host;
	local pid = candidates[0]$pid;

	if ( [host, pid] in asked_for || asked_lately[host] >= most_asked || ! osquery::isHostAlive(host)
	     || |osquery::getProcess(host, pid, began)| > 0 )
		return;

	# Stamps of hosts are in whole seconds.
	asked_for[host, pid] = began + 1sec;
	asked_lately[host] = asked_lately[host] + 1;
	osquery::execute(osquery::Query($ev=process_found, $query=fmt(
	    "SELECT pid, path, cmdline, uid, parent, start_time FROM processes WHERE pid = %d", pid)), host);
	}

event connection_attributed(c: connection, orig: vector of Candidate, resp: vector of Candidate)
	{
	ask_for_missing(orig, c$start_time);
	ask_for_missing(resp, c$start_time);
	}
