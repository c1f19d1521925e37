##! Names the host, process and user at each end of a connection: types, options, and the hook where it is decided.

@load ./sockets
@load base/protocols/conn

module Attribution;

export {
	## How long the row of a connection with a monitored end waits for what hosts have to say: network time, from the
	## connection's end on. Hosts tell seconds late. 0 does not wait.
	const grace = 30secs &redef;

	## An end of a connection is named when its first candidate has at least this confidence.
	const least_confidence = 0.6 &redef;

	## Someone who may be behind one end of a connection.
	type Attribution::Candidate: record {
		host: string;
		pid: int &optional;
		path: string &optional;
		cmdline: string &optional;
		uid: int &optional;
		user: string &optional;
		## The process that started it.
		parent: int &optional;
		## What it rests on: ``five-tuple`` (an open socket), ``accept``, ``connect``, ``translated``
		## (a connect of a host behind a router's address), ``listener``, ``bind``, or ``address`` when nothing but the host is known.
		method: string;
		## How likely it is this one, 0 to 1.
		confidence: double &default=1.0;
	};

	## Both ends of a connection, best candidates first; empty for an end that no host owns.
	type Attribution::Ends: record {
		orig: vector of Candidate &default=vector();
		resp: vector of Candidate &default=vector();
	};

	## What has happened so far.
	type Attribution::Stats: record {
		## Connections that have ended and wait for their hosts now.
		waiting: count &default=0;
		## Connections that are remembered now.
		tracked: count &default=0;
		## Calls and ends of connections that are kept now.
		calls: count &default=0;
		## Connections that were answered.
		answered: count &default=0;
		## Of these, those whose hosts had not told all within :zeek:id:`Attribution::grace`.
		timed_out: count &default=0;
		## Answers that later rows have changed.
		revised: count &default=0;
		## What was dropped for want of room: connections, processes, sockets.
		forgotten: count &default=0;
	};

	global stats: function(): Stats;

	## Where the node listens that joins connections and hosts (:zeek:id:`osquery::has_hosts`). What is published on this topic
	## comes in the order of network time, whichever shard sent it.
	const topic = "tandem/ordered/attribution/";

	## On the node that joins connections and hosts: a connection was established, or has ended, which any of the shards may
	## have seen. Of what is seen of a connection, the record has what the type itself declares, not what protocols add.
	global connection_was_established: event(c: connection);
	global connection_has_ended: event(c: connection);

	## Finds who is behind a connection, and appends to the vectors: best first, since the first of each is taken. The
	## shipped matching runs at priority 0. A better one runs before it and breaks, or runs behind it and reorders.
	global connection_attributing: hook(c: connection, orig: vector of Candidate, resp: vector of Candidate);

	## What was decided, once the connection has ended and its hosts have told or :zeek:id:`Attribution::grace` is over;
	## again when what came later led to another answer. Empty vectors for an end that no host owns. Where there are several
	## shards, the manager has this event and :zeek:id:`Attribution::lookup`.
	global connection_attributed: event(c: connection, orig: vector of Candidate, resp: vector of Candidate);

	## The hosts of a connection that has ended have told all that bears on it.
	global ready: event(c: connection);

	## What came after a connection was attributed leads to another answer.
	global revised: event(c: connection);

	## What is known now of who is behind a connection, which may still be going on. Decides nothing.
	global lookup: function(c: connection): Ends;

	## What may be said of an end, out of its candidates: the first, when it is sure enough; else what those that are likely
	## have in common, with the method ``ambiguous``. The host is empty when there is no candidate.
	global agreed: function(candidates: vector of Candidate): Candidate;

	## Makes a candidate of a process number: looks the process and its user up.
	##
	## at: the host's clock when the process did it.
	##
	## path: of its program, empty when not known.
	##
	## auid: its login user, -1 when not known.
	global make_candidate: function(host: string, pid: int, at: time, path: string, method: string, auid: int &default=-1): Candidate;
}

function make_candidate(host: string, pid: int, at: time, path: string, method: string, auid: int &default=-1): Candidate
	{
	local c = Candidate($host=host, $pid=pid, $method=method);

	if ( path != "" )
		c$path = path;

	local found = osquery::getProcess(host, pid, at, path, auid);

	if ( |found| == 0 )
		return c;

	local p = found[0];

	if ( p$path != "" )
		c$path = p$path;

	c$cmdline = p$cmdline;
	c$parent = p$parent;

	if ( p$uid >= 0 )
		{
		c$uid = p$uid;
		c$user = osquery::getUserName(host, p$uid);
		}

	return c;
	}

# Takes from a candidate what another says differently.
function keep_common(common: Candidate, other: Candidate)
	{
	if ( common?$pid && (! other?$pid || other$pid != common$pid) )
		delete common$pid;

	if ( common?$path && (! other?$path || other$path != common$path) )
		delete common$path;

	if ( common?$cmdline && (! other?$cmdline || other$cmdline != common$cmdline) )
		delete common$cmdline;

	if ( common?$uid && (! other?$uid || other$uid != common$uid) )
		delete common$uid;

	if ( common?$user && (! other?$user || other$user != common$user) )
		delete common$user;

	if ( common?$parent && (! other?$parent || other$parent != common$parent) )
		delete common$parent;

	if ( common$host != other$host )
		common$host = "";
	}

function agreed(candidates: vector of Candidate): Candidate
	{
	if ( |candidates| == 0 )
		return Candidate($host="", $method="", $confidence=0.0);

	if ( candidates[0]$confidence >= least_confidence )
		return candidates[0];

	local common = copy(candidates[0]);
	local i = 1;

	while ( i < |candidates| && common$confidence < least_confidence )
		{
		common$confidence += candidates[i]$confidence;
		keep_common(common, candidates[i]);
		++i;
		}

	# Those that were left over, or not found, may be anyone: what is said must be likely without them.
	# Behind a router's address it may even be another host.
	if ( common$confidence < least_confidence )
		return Candidate($host=candidates[0]$method == "translated" ? "" : common$host, $method="ambiguous", $confidence=0.0);

	common$method = "ambiguous";
	return common;
	}

function lookup(c: connection): Ends
	{
	local ends = Ends();
	hook connection_attributing(c, ends$orig, ends$resp);
	return ends;
	}

function stats(): Stats
	{
	return __stats();
	}
