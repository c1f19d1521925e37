##! loaded_scripts.log: the scripts of this run, in the order they were loaded, indented below what loads them.

module LoadedScripts;

export {
	redef enum Log::ID += { LOG };

	## Decides which rows are written.
	global log_policy: Log::PolicyHook;

	type LoadedScripts::Info: record {
		## Two blanks for each level of loading, and the script.
		name: string &log;
	};
}

event zeek_init() &priority=5
	{
	Log::create_stream(LoadedScripts::LOG, Log::Stream($columns=Info, $path="loaded_scripts", $policy=log_policy));
	}

event zeek_script_loaded(path: string, level: count)
	{
	local indent = "";

	while ( |indent| < 2 * level )
		indent += "  ";

	Log::write(LoadedScripts::LOG, Info($name=indent + compress_path(path)));
	}
