##! Who is behind a connection, in conn.log.

@load ./attribution

redef record Conn::Info += {
	## The host at the originator's address, and the process and user there.
	orig_host: string &optional &log;
	orig_pid: int &optional &log;
	orig_path: string &optional &log;
	orig_cmdline: string &optional &log;
	orig_user: string &optional &log;
	## The same for the responder.
	resp_host: string &optional &log;
	resp_pid: int &optional &log;
	resp_path: string &optional &log;
	resp_cmdline: string &optional &log;
	resp_user: string &optional &log;
};

module Attribution;

function fill_originator(info: Conn::Info, c: Candidate)
	{
	info$orig_host = c$host;

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
	local orig: vector of Candidate = vector();
	local resp: vector of Candidate = vector();

	hook connection_attributing(info, orig, resp);

	if ( |orig| > 0 )
		fill_originator(info, orig[0]);

	if ( |resp| > 0 )
		fill_responder(info, resp[0]);

	if ( |orig| + |resp| > 0 )
		event connection_attributed(info, orig, resp);

	return T;
	}

hook Log::log_stream_policy(rec: any, id: Log::ID)
	{
	if ( id != Conn::LOG )
		return;

	local info = rec as Conn::Info;

	if ( ! osquery::isMonitored(info$id$orig_h) && ! osquery::isMonitored(info$id$resp_h) )
		return;

	if ( grace > 0secs )
		Log::delay(id, rec, attribute);
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
