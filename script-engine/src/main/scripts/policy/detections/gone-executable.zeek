##! A process connects whose executable is no longer on disk: deleted after its start, or replaced.

@load ./common

module GoneExecutable;

export {
	redef enum Notice::Type += {
		## A connection of a process whose executable is gone.
		Gone_Executable
	};

	## Programs that may: a package manager replaces what runs.
	option allowed = /^$/;

	## A host told of a process without its executable.
	global gone_row: event(info: osquery::ResultInfo, pid: int, path: string, cmdline: string);
}

global gone: set[string, int] = set() &read_expire=1day;

# Hosts tell every few seconds: connections may be known first.
global connected: table[string, int] of connection = table() &create_expire=2min;
global connected_as: table[string, int] of Attribution::Candidate = table() &create_expire=2min;

function tell(c: connection, end: Attribution::Candidate)
	{
	if ( end?$path && allowed == end$path || ! Detections::once(Gone_Executable, c) )
		return;

	NOTICE([$note=Gone_Executable, $conn=c,
	    $msg=fmt("the executable of a process on %s that connects to %s is gone", Detections::host_name(end$host), c$id$resp_h),
	    $sub=fmt("%s; %s", Detections::who(end), Detections::process(end)),
	    $identifier=fmt("%s %d %s", end$host, end$pid, end?$path ? end$path : ""), $suppress_for=1day]);
	}

event gone_row(info: osquery::ResultInfo, pid: int, path: string, cmdline: string)
	{
	if ( info$utype == osquery::REMOVE )
		{
		delete gone[info$host, pid];
		return;
		}

	add gone[info$host, pid];

	if ( [info$host, pid] in connected )
		tell(connected[info$host, pid], connected_as[info$host, pid]);
	}

event Detections::attributed(c: connection, orig: Attribution::Candidate, resp: Attribution::Candidate)
	{
	if ( orig$host == "" || ! orig?$pid )
		return;

	if ( [orig$host, orig$pid] in gone )
		tell(c, orig);
	else
		{
		connected[orig$host, orig$pid] = c;
		connected_as[orig$host, orig$pid] = orig;
		}
	}

event zeek_init()
	{
	# Kernel threads have no executable, and no path either.
	osquery::subscribe(osquery::Query($ev=gone_row, $utype=osquery::BOTH, $inter=10,
	    $query="SELECT pid, path, cmdline FROM processes WHERE on_disk = 0"));
	}
