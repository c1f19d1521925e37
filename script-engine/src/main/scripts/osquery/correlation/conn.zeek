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

export {
	## Writes into a row of conn.log what may be said of its ends; an end without a method is none of a host's.
	global fill: function(info: Conn::Info, orig: Candidate, resp: Candidate);
}

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

function fill(info: Conn::Info, orig: Candidate, resp: Candidate)
	{
	if ( orig$method != "" )
		fill_originator(info, orig);

	if ( resp$method != "" )
		fill_responder(info, resp);
	}

event revised(c: connection)
	{
	local ends = lookup(c);
	event connection_attributed(c, ends$orig, ends$resp);
	}

event zeek_done()
	{
	__review();
	}
