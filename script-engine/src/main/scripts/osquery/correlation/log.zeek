##! attribution.log: every end of every connection that a host owns, what was answered and what it rests on. What comes later
##! and leads to another answer writes a further row.

@load ./attribution

module Attribution;

export {
	redef enum Log::ID += { LOG };

	## Decides which rows are written.
	global log_policy: Log::PolicyHook;

	type Attribution::Info: record {
		## When the answer was given.
		ts: time &log;
		## Of the connection.
		uid: string &log;
		id: conn_id &log;
		is_orig: bool &log;
		host: string &log;
		pid: int &log &optional;
		path: string &log &optional;
		cmdline: string &log &optional;
		uid_number: int &log &optional;
		user: string &log &optional;
		parent: int &log &optional;
		## An :zeek:type:`Attribution::Candidate`'s method, or ``ambiguous``.
		method: string &log;
		confidence: double &log;
		## All candidates, when it is not one: process number, user and confidence of each.
		candidates: vector of string &log &optional;
		## From the connection's end to the answer.
		delay: interval &log;
		## 0 for the first answer.
		revision: count &log;
	};

	## A row of attribution.log.
	global log_attribution: event(rec: Info);
}

redef record connection += {
	## How often it was attributed.
	attribution_revision: count &default=0;
};

function described(c: Candidate): string
	{
	return fmt("%s/%s/%.2f", c?$pid ? cat(c$pid) : "-", c?$user ? c$user : "-", c$confidence);
	}

function log_end(c: connection, is_orig: bool, candidates: vector of Candidate)
	{
	if ( |candidates| == 0 )
		return;

	local best = agreed(candidates);
	local now = network_time();
	local ended_at = c$start_time + c$duration;
	local info = Info($ts=now, $uid=c$uid, $id=c$id, $is_orig=is_orig, $host=best$host, $method=best$method,
	    $confidence=best$confidence, $delay=now > ended_at ? now - ended_at : 0secs, $revision=c$attribution_revision);

	if ( best?$pid )
		info$pid = best$pid;

	if ( best?$path )
		info$path = best$path;

	if ( best?$cmdline )
		info$cmdline = best$cmdline;

	if ( best?$uid )
		info$uid_number = best$uid;

	if ( best?$user )
		info$user = best$user;

	if ( best?$parent )
		info$parent = best$parent;

	if ( |candidates| > 1 )
		{
		info$candidates = vector();

		for ( i in candidates )
			info$candidates += described(candidates[i]);
		}

	Log::write(LOG, info);
	}

event connection_attributed(c: connection, orig: vector of Candidate, resp: vector of Candidate) &priority=-5
	{
	log_end(c, T, orig);
	log_end(c, F, resp);
	++c$attribution_revision;
	}

event zeek_init() &priority=5
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $ev=log_attribution, $path="attribution", $policy=log_policy));
	}
