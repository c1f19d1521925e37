##! reporter.log: messages about scripts and the engine itself.

module Reporter;

export {
	redef enum Log::ID += { LOG };

	## Decides which rows are written.
	global log_policy: Log::PolicyHook;

	type Reporter::Info: record {
		ts: time &log;
		level: Level &log;
		message: string &log;
		## Script and line, when it came of one.
		location: string &log &optional;
	};
}

function write_message(t: time, level: Level, msg: string, location: string)
	{
	Log::write(Reporter::LOG, Info($ts=t, $level=level, $message=msg, $location=location));
	}

event reporter_info(t: time, msg: string, location: string) &priority=-5
	{
	write_message(t, INFO, msg, location);
	}

event reporter_warning(t: time, msg: string, location: string) &priority=-5
	{
	write_message(t, WARNING, msg, location);
	}

event reporter_error(t: time, msg: string, location: string) &priority=-5
	{
	write_message(t, ERROR, msg, location);
	}

event zeek_init() &priority=5
	{
	Log::create_stream(Reporter::LOG, Log::Stream($columns=Info, $path="reporter", $policy=log_policy));
	}
