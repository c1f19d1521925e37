##! Who is behind a connection, in conn.log.

@load ./attribution

redef record Conn::Info += {
	## The host at the originator's address, and the process and user there.
	orig_host: string &optional &log;
	orig_pid: int &optional &log;
	orig_path: string &optional &log;
	orig_cmdline: string &optional &log;
	orig_user: string &optional &log;
	## What that rests on: an :zeek:type:`Attribution::Candidate`'s method.
	orig_attribution: string &optional &log;
	## The same for the responder.
	resp_host: string &optional &log;
	resp_pid: int &optional &log;
	resp_path: string &optional &log;
	resp_cmdline: string &optional &log;
	resp_user: string &optional &log;
	resp_attribution: string &optional &log;
};

module Attribution;

# A connection that has ended, and its row that waits.
type Ended: record {
	c: connection;
	# Whether rows may come that bear on it.
	may_wait: bool;
	token: Log::DelayToken &optional;
};

global ended: table[string] of Ended = table() &create_expire=grace + 1min;

function fill_originator(info: Conn::Info, c: Candidate)
	{
	info$orig_host = c$host;
	info$orig_attribution = c$method;

	if ( c?$pid )
		info$orig_pid = c$pid;

	if ( c?$path )
		info$orig_path = c$path;

	if ( c?$cmdline )
		info$orig_cmdline = c$cmdline;

	if ( c?$user && c$user != "" )
		info$orig_user = c$user;
	}

function fill_responder(info: Conn::Info, c: Candidate)
	{
	info$resp_host = c$host;
	info$resp_attribution = c$method;

	if ( c?$pid )
		info$resp_pid = c$pid;

	if ( c?$path )
		info$resp_path = c$path;

	if ( c?$cmdline )
		info$resp_cmdline = c$cmdline;

	if ( c?$user && c$user != "" )
		info$resp_user = c$user;
	}

# Called when a row has waited.
function attribute(rec: any, id: Log::ID): bool
	{
	local info = rec as Conn::Info;

	if ( info$uid !in ended )
		return T;

	local c = ended[info$uid]$c;
	delete ended[info$uid];
	local ends = lookup(c);
	__answered(c);

	if ( |ends$orig| > 0 )
		fill_originator(info, agreed(ends$orig));

	if ( |ends$resp| > 0 )
		fill_responder(info, agreed(ends$resp));

	if ( |ends$orig| + |ends$resp| > 0 )
		event connection_attributed(c, ends$orig, ends$resp);

	return T;
	}

event revised(c: connection)
	{
	local ends = lookup(c);
	event connection_attributed(c, ends$orig, ends$resp);
	}

event connection_state_remove(c: connection)
	{
	local expected = __end(c, network_time());

	if ( expected > 0 )
		ended[c$uid] = Ended($c=c, $may_wait=expected == 1);
	}

event ready(c: connection)
	{
	if ( c$uid in ended && ended[c$uid]?$token && c?$conn )
		Log::delay_finish(Conn::LOG, c$conn, ended[c$uid]$token);
	}

hook Log::log_stream_policy(rec: any, id: Log::ID)
	{
	if ( id != Conn::LOG )
		return;

	local info = rec as Conn::Info;

	if ( info$uid !in ended )
		return;

	if ( grace > 0secs && ended[info$uid]$may_wait )
		ended[info$uid]$token = Log::delay(id, rec, attribute);
	else
		attribute(rec, id);
	}

event zeek_init()
	{
	if ( grace > 0secs )
		{
		Log::set_max_delay_interval(Conn::LOG, grace);
		Log::set_max_delay_queue_size(Conn::LOG, 1000000);
		}
	}

event zeek_done()
	{
	__review();
	}
