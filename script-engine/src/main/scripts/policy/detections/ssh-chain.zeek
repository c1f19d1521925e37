##! Someone goes from host to host by SSH. Each hop is a connection of its own; what joins two of them is the process of the
##! second one, which descends from the SSH daemon that serves the first (``ssh`` within ``ssh``), or is that daemon itself
##! (``ssh -J`` and ``ssh -L``, where it connects on the user's behalf).

@load ./common
@load ./ssh-sessions

module SSHChain;

export {
	redef enum Notice::Type += {
		## A path of SSH connections of at least :zeek:id:`SSHChain::least_hops`.
		SSH_Chain
	};

	## Hops of a path that is told.
	option least_hops = 2;

	## Ports of SSH daemons.
	option ssh_ports: set[port] = { 22/tcp };

	## How much later than its connection a session may be stamped: osquery stamps a row when its audit thread hands it on.
	const stamp_delay = 30secs &redef;

	## How far a host's clock may be behind, whole seconds included.
	const clock_slack = 2secs &redef;

	## How long the same path is not told again.
	option suppress_for = 1hr;
}

# A connection to an SSH daemon of a host.
type Session: record {
	c: connection;
	begin: time;
	# Of the connection's last packet; none while it goes on.
	end: time &optional;
	# Who opened it, once that is known.
	orig: Attribution::Candidate &optional;
};

# By the host that serves it.
global sessions: table[string] of vector of Session = table() &write_expire=1day;

# Connections that are part of a path that was told.
global done: set[string] = set() &create_expire=1day;

# Sessions that one host may have.
const most_sessions = 1000;

# How often the way back is tried, while the connection before is not attributed yet.
const most_tries = 20;
const retry_interval = 30secs;

# An end of a connection and the hops after it, the first one first.
type Trail: record {
	c: connection;
	orig: Attribution::Candidate;
	after: vector of string;
	evidence: vector of string;
	uids: vector of string;
	hops: count;
};

global follow: event(trail: Trail, tries: count);

# Where a connection's session stands; -1 when it is not remembered.
function session_of(host: string, uid: string): int
	{
	if ( host in sessions )
		for ( i, s in sessions[host] )
			if ( s$c$uid == uid )
				return i;

	return -1;
	}

event Attribution::connection_was_established(c: connection)
	{
	if ( c$id$resp_p !in ssh_ports )
		return;

	for ( host in Hosts::by_address(c$id$resp_h) )
		{
		if ( host !in sessions )
			sessions[host] = vector();

		local kept = sessions[host];

		if ( |kept| >= most_sessions )
			kept = kept[|kept| / 2:];

		kept += Session($c=c, $begin=c$start_time);
		sessions[host] = kept;
		}
	}

event Attribution::connection_has_ended(c: connection)
	{
	if ( c$id$resp_p !in ssh_ports )
		return;

	for ( host in Hosts::by_address(c$id$resp_h) )
		{
		local i = session_of(host, c$uid);

		if ( i >= 0 )
			sessions[host][i]$end = c$start_time + c$duration;
		}
	}

# The user that an SSH client was told to be at the other end; empty when that is not in its command line.
function target_user(cmdline: string): string
	{
	local words = split_string(cmdline, /[ \t]+/);

	for ( i, word in words )
		{
		if ( word == "-l" && i + 1 < |words| )
			return words[i + 1];

		# ssh takes what follows the destination as a command, which may have an @ too: the first one counts.
		if ( i > 0 && word != /-.*/ && /@/ in word )
			return split_string1(word, /@/)[0];
		}

	return "";
	}

# Whether a process descends from an SSH daemon, and the user of what is next below that daemon.
type Login: record {
	found: bool &default=F;
	user: string &default="";
	# Sessions that it may as well have been; 0 when there is no doubt.
	rivals: count &default=0;
};

function login_of(end: Attribution::Candidate, at: time): Login
	{
	local login = Login();

	if ( ! end?$pid )
		return login;

	for ( i, p in Processes::tree(end$host, end$pid, at) )
		{
		if ( daemons == p$path )
			{
			login$found = T;
			break;
			}

		if ( p$uid >= 0 )
			login$user = osquery::getUserName(end$host, p$uid);
		}

	return login;
	}

# The session that a process of the host runs in, by order: the daemon makes one process for each connection, in the order in
# which it accepts them. -1 when some connection that was open then has none, for then the order cannot be relied on.
function session_by_order(end: Attribution::Candidate, at: time): int
	{
	local own = SSHSessions::of_process(end$host, end$pid);

	if ( |own| == 0 )
		return -1;

	local made = SSHSessions::of_host(end$host);
	local next_made = 0;
	local found = -1;

	for ( i, s in sessions[end$host] )
		{
		while ( next_made < |made| && made[next_made]$since < s$begin - clock_slack )
			++next_made;

		if ( next_made < |made| && made[next_made]$since <= s$begin + stamp_delay )
			{
			if ( made[next_made]$pid == own[0]$pid && made[next_made]$since == own[0]$since )
				found = i;

			++next_made;
			}
		else if ( s$begin <= at && (! s?$end || s$end >= at) )
			return -1;
		}

	return found;
	}

# The session that a process below the SSH daemon runs in: by order, or else one that was open when the process connected. Of
# several, one whose client named the process's user, then the one that began last before.
function session_before(end: Attribution::Candidate, login: Login, at: time): int
	{
	local host = end$host;
	local best = -1;
	local best_fits = F;
	local open_then = 0;
	local fitting = 0;

	if ( host !in sessions )
		return best;

	best = session_by_order(end, at);

	if ( best >= 0 )
		return best;

	for ( i, s in sessions[host] )
		{
		if ( s$begin > at || (s?$end && s$end < at) )
			next;

		local fits = F;
		++open_then;

		if ( s?$orig && s$orig?$cmdline && login$user != "" )
			{
			local user = target_user(s$orig$cmdline);

			if ( user == "" && s$orig?$user )
				user = s$orig$user;

			fits = user == login$user;
			}

		if ( fits )
			++fitting;

		if ( best < 0 || fits || ! best_fits )
			{
			best = i;
			best_fits = best_fits || fits;
			}
		}

	local rivals = fitting > 0 ? fitting : open_then;
	login$rivals = rivals > 1 ? rivals : 0;
	return best;
	}

function behind(first: string, others: vector of string): vector of string
	{
	local all: vector of string = vector(first);

	for ( i, other in others )
		all += other;

	return all;
	}

function tell(trail: Trail, complete: bool)
	{
	if ( trail$hops < least_hops )
		return;

	for ( i, uid in trail$uids )
		if ( uid in done )
			return;

	for ( j, told_uid in trail$uids )
		add done[told_uid];

	local path = Detections::who(trail$orig);

	if ( ! complete )
		path = "? -> " + path;

	for ( k, host in trail$after )
		path += " -> " + host;

	NOTICE([$note=SSH_Chain, $conn=trail$c, $n=trail$hops,
	    $msg=fmt("%d SSH hops: %s", trail$hops, path),
	    $sub=join_string_vec(trail$evidence, "; "),
	    $identifier=path, $suppress_for=suppress_for]);
	}

function step(c: connection, orig: Attribution::Candidate): string
	{
	return fmt("%s %s:%d %s", c$uid, c$id$resp_h, port_to_count(c$id$resp_p), Detections::process(orig));
	}

# Goes back hop by hop, to where no SSH daemon is above the process that connected.
event follow(trail: Trail, tries: count)
	{
	local at = trail$c$start_time;
	local login = login_of(trail$orig, at + trail$c$duration);

	if ( ! login$found )
		{
		tell(trail, T);
		return;
		}

	local i = session_before(trail$orig, login, at);

	if ( i < 0 )
		{
		# Logged in before the sensor saw anything, or around it.
		tell(trail, F);
		return;
		}

	local s = sessions[trail$orig$host][i];

	if ( ! s?$orig )
		{
		local now_known = Attribution::agreed(Attribution::lookup(s$c)$orig);

		if ( now_known?$pid )
			s$orig = now_known;
		else if ( tries > 0 && ! zeek_is_terminating() )
			{
			schedule retry_interval { SSHChain::follow(trail, tries - 1) };
			return;
			}
		else
			# Who opened it never became known, or it came from a host that tells nothing.
			s$orig = Attribution::Candidate($host=fmt("%s", s$c$id$orig_h), $method="address");
		}

	trail$after = behind(Detections::who(trail$orig), trail$after);
	trail$orig = s$orig;
	local evidence = step(s$c, s$orig);

	if ( login$rivals > 0 )
		evidence += fmt(" (one of %d logins that it may have been)", login$rivals);

	trail$evidence = behind(evidence, trail$evidence);
	trail$uids += s$c$uid;
	++trail$hops;
	trail$c = s$c;
	event SSHChain::follow(trail, tries);
	}

event Detections::attributed(c: connection, orig: Attribution::Candidate, resp: Attribution::Candidate)
	{
	if ( c$id$resp_p !in ssh_ports || orig$host == "" )
		return;

	for ( host in Hosts::by_address(c$id$resp_h) )
		{
		local i = session_of(host, c$uid);

		if ( i >= 0 )
			sessions[host][i]$orig = orig;
		}

	if ( c$uid in done )
		return;

	local target = resp$host != "" ? Detections::host_name(resp$host) : fmt("%s", c$id$resp_h);
	local user = orig?$cmdline ? target_user(orig$cmdline) : "";

	if ( user == "" && orig?$user )
		user = orig$user;

	if ( user != "" )
		target = fmt("%s@%s", user, target);

	event SSHChain::follow(Trail($c=c, $orig=orig, $after=vector(target), $evidence=vector(step(c, orig)),
	    $uids=vector(c$uid), $hops=1), most_tries);
	}
