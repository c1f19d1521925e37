##! osquery_status.log: what the agents of hosts have to say of themselves.

@load ../main

module OsqueryStatus;

export {
	redef enum Log::ID += { LOG };

	type OsqueryStatus::Info: record {
		ts: time &log;
		host: string &log;
		## ``info``, ``warning``, ``error`` or ``fatal``.
		severity: string &log;
		message: string &log;
		## File and line of the agent's source.
		origin: string &log &optional;
		## The host's clock.
		host_time: time &log &optional;
	};

	global log_policy: Log::PolicyHook;

	## What is not worth a line, by severity: 0 keeps everything.
	const least_severity: count = 0 &redef;
}

event zeek_init() &priority=5
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $path="osquery_status", $policy=log_policy));
	}

event osquery::host_status(host_id: string, severity: count, msg: string, origin: string, host_time: time)
	{
	if ( severity < least_severity )
		return;

	local names = vector("info", "warning", "error", "fatal");
	local row = Info($ts=network_time(), $host=host_id, $severity=names[severity > 3 ? 3 : severity], $message=msg);

	if ( origin != "" )
		row$origin = origin;

	if ( time_to_double(host_time) > 0.0 )
		row$host_time = host_time;

	Log::write(LOG, row);
	}
