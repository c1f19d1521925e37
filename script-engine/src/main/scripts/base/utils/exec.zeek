##! Runs commands of the system beside the script, and waits for what they say in ``when``.

@load base/frameworks/input

module Exec;

export {
	type Command: record {
		## For the shell. What comes from elsewhere needs :zeek:id:`safe_shell_quote`.
		cmd: string;

		## What it reads from standard input.
		stdin: string &default="";

		## Files that it writes and whose lines belong to the result. They are removed afterwards.
		read_files: set[string] &optional;

		## Tells runs apart.
		uid: string &default=unique_id("");
	};

	type Result: record {
		exit_code: count &default=0;

		## Whether a signal ended it.
		signal_exit: bool &default=F;

		## Its lines; unset when there were none.
		stdout: vector of string &optional;
		stderr: vector of string &optional;

		## The lines of each of ``read_files``.
		files: table[string] of string_vec &optional;
	};

	## Runs a command. To be called in the condition of a ``when``.
	global run: function(cmd: Command): Result;
}

# A line of output.
type Line: record {
	s: string;
	is_stderr: bool;
};

type FileLine: record {
	s: string;
};

# What is known of a command that runs.
type Run: record {
	result: Result &default=Result();
	# Files that are still to be read.
	files: set[string] &default=set();
};

global runs: table[string] of Run = table();

# What has ended, and all of whose files have been read. A when looks at tables, not at what is deep inside them.
global results: table[string] of Result = table();

# The stream that reads a file of a command is named after both.
const between = "_";

function stream_of(uid: string, path: string): string
	{
	return uid + between + path;
	}

event Exec::line(description: Input::EventDescription, tpe: Input::Event, s: string, is_stderr: bool)
	{
	local result = runs[description$name]$result;

	if ( is_stderr )
		{
		if ( ! result?$stderr )
			result$stderr = vector();

		result$stderr += s;
		}
	else
		{
		if ( ! result?$stdout )
			result$stdout = vector();

		result$stdout += s;
		}
	}

# The command with this uid has told all it had to tell.
function finish(uid: string)
	{
	results[uid] = runs[uid]$result;
	delete runs[uid];
	}

# The lines of a file, an empty list at first.
function lines_of(result: Result, path: string): string_vec
	{
	if ( ! result?$files )
		result$files = table();

	if ( path !in result$files )
		result$files[path] = vector();

	return result$files[path];
	}

event Exec::file_line(description: Input::EventDescription, tpe: Input::Event, s: string)
	{
	local parts = split_string1(description$name, /_/);
	local lines = lines_of(runs[parts[0]]$result, parts[1]);
	lines += s;
	}

event InputRaw::process_finished(name: string, source: string, exit_code: count, signal_exit: bool)
	{
	if ( name !in runs )
		return;

	local running = runs[name];
	running$result$exit_code = exit_code;
	running$result$signal_exit = signal_exit;

	if ( |running$files| == 0 )
		finish(name);

	for ( path in running$files )
		Input::add_event(Input::EventDescription($source=path, $name=stream_of(name, path), $reader=Input::READER_RAW,
		    $fields=FileLine, $want_record=F, $ev=Exec::file_line));
	}

event Input::end_of_data(name: string, source: string)
	{
	local parts = split_string1(name, /_/);

	if ( |parts| < 2 || parts[0] !in runs )
		return;

	local running = runs[parts[0]];
	local path = parts[1];

	# A file without a line is told too.
	lines_of(running$result, path);
	Input::remove(name);
	delete running$files[path];
	unlink(path);

	if ( |running$files| == 0 )
		finish(parts[0]);
	}

function run(cmd: Command): Result
	{
	local uid = cmd$uid;
	runs[uid] = Run();

	if ( cmd?$read_files )
		runs[uid]$files = copy(cmd$read_files);

	Input::add_event(Input::EventDescription($name=uid, $source=cmd$cmd + " |", $reader=Input::READER_RAW,
	    $mode=Input::STREAM, $fields=Line, $want_record=F, $ev=Exec::line,
	    $config=table(["stdin"] = cmd$stdin, ["read_stderr"] = "1")));

	return when [uid] ( uid in results )
		{
		local result = results[uid];
		delete results[uid];
		return result;
		}
	}

event zeek_done()
	{
	for ( uid, unfinished in runs )
		for ( path in unfinished$files )
			if ( file_size(path) >= 0.0 )
				unlink(path);
	}
