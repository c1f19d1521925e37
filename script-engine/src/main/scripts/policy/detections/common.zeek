##! What the detections share: who was behind a connection, what was told of it, and how hosts and people are named.

@load osquery
@load base/frameworks/notice
@load base/utils/site

module Detections;

export {
	## A connection has ended and something is known of who was behind it, with what could be said of each end; the host is
	## empty for an end that no host owns. It comes again when hosts told later what leads to another answer: often a
	## process or user that was not known, or one of several. See :zeek:id:`Detections::once`.
	global attributed: event(c: connection, orig: Attribution::Candidate, resp: Attribution::Candidate);

	## Whether a notice may count or tell a connection now: true the first time, false after that. Asked last, when all
	## that the notice needs is known, so that an answer which does not say it leaves the connection to a later one.
	global once: function(note: Notice::Type, c: connection): bool;

	## The host's name, or its identifier as long as the name is not known.
	global host_name: function(host: string): string;

	## ``alice@laptop``: the user, ``?`` when not known, and the host.
	global who: function(end: Attribution::Candidate): string;

	## The process: path, command line and number, as far as they are known.
	global process: function(end: Attribution::Candidate): string;

	## Networks that are never outside: those that are in no one's routing table (RFC 1918, 6598, 3927, 4193, 4291),
	## loopback, multicast and broadcast.
	option inside: set[subnet] = {
		10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, 169.254.0.0/16, 127.0.0.0/8, 224.0.0.0/4,
		255.255.255.255/32, [fc00::]/7, [fe80::]/10, [ff00::]/8, [::1]/128,
	};

	## Whether an address belongs to the monitored network: :zeek:id:`Detections::inside`, :zeek:id:`Site::local_nets`, or
	## a host that tells of itself.
	global is_inside: function(a: addr): bool;

	## A host told its name.
	global name_row: event(info: osquery::ResultInfo, hostname: string);
}

global names: table[string] of string = table();

# What each notice has taken. Attribution may think again about a connection for as long as it remembers it.
global taken: set[Notice::Type, string] = set() &create_expire=1hr;

event name_row(info: osquery::ResultInfo, hostname: string)
	{
	if ( info$utype != osquery::REMOVE && hostname != "" )
		names[info$host] = hostname;
	}

function once(note: Notice::Type, c: connection): bool
	{
	if ( [note, c$uid] in taken )
		return F;

	add taken[note, c$uid];
	return T;
	}

function host_name(host: string): string
	{
	return host in names ? names[host] : host;
	}

function who(end: Attribution::Candidate): string
	{
	local user = end?$user && end$user != "" ? end$user : "?";
	return fmt("%s@%s", user, host_name(end$host));
	}

function process(end: Attribution::Candidate): string
	{
	local text = end?$path && end$path != "" ? end$path : "?";

	if ( end?$pid )
		text += fmt(" (%d)", end$pid);

	if ( end?$cmdline && end$cmdline != "" )
		text += ": " + end$cmdline;

	return text;
	}

function is_inside(a: addr): bool
	{
	# What Site takes for private has networks of examples in it, and a plan of a laboratory may have those outside.
	return a in inside || (Site::is_local_addr(a) && ! Site::is_private_addr(a)) || osquery::isMonitored(a);
	}

event Attribution::connection_attributed(c: connection, orig: vector of Attribution::Candidate,
    resp: vector of Attribution::Candidate)
	{
	event Detections::attributed(c, Attribution::agreed(orig), Attribution::agreed(resp));
	}

event zeek_init()
	{
	osquery::subscribe(osquery::Query($ev=name_row, $inter=60,
	    $query="SELECT hostname FROM system_info"));
	}
