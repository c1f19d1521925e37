##! Names the host, process and user at each end of a connection: types, options, and the hook where it is decided.

@load ./sockets
@load base/protocols/conn

module Attribution;

export {
	## How long the row of a connection with a monitored end waits for what hosts have to say: network time, from the
	## connection's end on. Hosts tell seconds late. 0 does not wait.
	const grace = 30secs &redef;

	## Someone who may be behind one end of a connection.
	type Attribution::Candidate: record {
		host: string;
		pid: int &optional;
		path: string &optional;
		cmdline: string &optional;
		uid: int &optional;
		user: string &optional;
		## What it rests on: ``five-tuple`` (an open socket), ``accept``, ``connect``, ``listener``, ``bind``, or
		## ``address`` when nothing but the host is known.
		reason: string;
	};

	## Finds who is behind a connection, and appends to the vectors: best first, since the first of each is taken. The
	## shipped matching runs at priority 0. A better one runs before it and breaks, or runs behind it and reorders.
	global connection_attributing: hook(info: Conn::Info, orig: vector of Candidate, resp: vector of Candidate);

	## What was decided; empty vectors for an end that no host owns.
	global connection_attributed: event(info: Conn::Info, orig: vector of Candidate, resp: vector of Candidate);

	## Makes a candidate of a process number: looks the process and its user up.
	##
	## at: the host's clock when the process did it.
	##
	## path: of its program, empty when not known.
	##
	## auid: its login user, -1 when not known.
	global make_candidate: function(host: string, pid: int, at: time, path: string, reason: string, auid: int &default=-1): Candidate;
}

function make_candidate(host: string, pid: int, at: time, path: string, reason: string, auid: int &default=-1): Candidate
	{
	local c = Candidate($host=host, $pid=pid, $reason=reason);

	if ( path != "" )
		c$path = path;

	local found = osquery::getProcess(host, pid, at, path, auid);

	if ( |found| == 0 )
		return c;

	local p = found[0];

	if ( p$path != "" )
		c$path = p$path;

	c$cmdline = p$cmdline;

	if ( p$uid >= 0 )
		{
		c$uid = p$uid;
		c$user = osquery::getUserName(host, p$uid);
		}

	return c;
	}
