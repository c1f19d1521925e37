##! Watches directories for new files.

@load base/frameworks/reporter
@load base/utils/exec
@load base/utils/paths

module Dir;

export {
	## How often directories are looked at unless a call says otherwise.
	option polling_interval = 30sec;

	## Calls a function with the path of each file in a directory, and then of each new one. A file that went away is new
	## when it comes back.
	global monitor: function(dir: string, callback: function(fname: string), poll_interval: interval &default=polling_interval);
}

event Dir::look(dir: string, seen: set[string], callback: function(fname: string), poll_interval: interval)
	{
	local cmd = Exec::Command($cmd=fmt("ls -1 %s/", safe_shell_quote(dir)));

	when [dir, seen, callback, poll_interval, cmd] ( local result = Exec::run(cmd) )
		{
		if ( result$exit_code != 0 )
			{
			Reporter::warning(fmt("Requested monitoring of nonexistent directory (%s).", dir));
			return;
			}

		local there: set[string] = set();

		if ( result?$stdout )
			for ( i, name in result$stdout )
				{
				add there[name];

				if ( name !in seen )
					callback(build_path_compressed(dir, name));
				}

		schedule poll_interval { Dir::look(dir, there, callback, poll_interval) };
		}
	}

function monitor(dir: string, callback: function(fname: string), poll_interval: interval &default=polling_interval)
	{
	event Dir::look(dir, set(), callback, poll_interval);
	}
