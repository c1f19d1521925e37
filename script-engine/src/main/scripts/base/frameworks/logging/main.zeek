##! Log streams: named sequences of records, and the filters that take them to files.
##!
##! A script adds a constant to :zeek:type:`Log::ID`, describes its columns as a record type and calls
##! :zeek:id:`Log::create_stream`; from then on :zeek:id:`Log::write` writes rows. Each stream starts with one filter named
##! "default". The work is done by the engine; this file holds the types, the options and a thin layer of functions.

module Log;

export {
	## Names a stream. Scripts add their own.
	type Log::ID: enum {
		## No stream.
		UNKNOWN,
		## Redirected output of ``print``.
		PRINTLOG
	};

	# ---- options

	## Whether filters write to this node's writers unless they say otherwise.
	const enable_local_logging = T &redef;

	## Whether filters pass rows on to other nodes unless they say otherwise.
	const enable_remote_logging = T &redef;

	## The writer of filters that name none.
	const default_writer = WRITER_ASCII &redef;

	## Where logs are written; empty for the working directory.
	const default_logdir = "" &redef;

	## Between columns, for writers that have no option of their own.
	const separator = "\t" &redef;

	## Between the elements of a set or vector.
	const set_separator = "," &redef;

	## What an empty string, set or vector looks like.
	const empty_field = "(empty)" &redef;

	## What an unset value looks like.
	const unset_field = "-" &redef;

	## New names for columns, by their old ones.
	const default_field_name_map: table[string] of string = table() &redef;

	## Between the names of nested records in a column's name.
	const default_scope_sep = "." &redef;

	## Before the names of columns that ``ext_func`` adds.
	const default_ext_prefix: string = "_" &redef;

	## Gives the columns to add to every row, as a record; without a result none are added.
	const default_ext_func: function(path: string): any = function(path: string) { } &redef;

	## How long a row may be delayed, unless its stream allows more.
	const default_max_delay_interval = 200msec &redef;

	## How many rows of a stream may be delayed at a time; the oldest are written when there are more.
	const default_max_delay_queue_size = 1000 &redef;

	# ---- rotation

	## Tells a postprocessor what was rotated.
	type Log::RotationInfo: record {
		writer: Writer;
		## The file as it is called now.
		fname: string;
		## The log's path.
		path: string;
		open: time;
		close: time;
		## The engine is ending.
		terminating: bool;
	};

	type Log::RotationPostProcessorFunc: function(info: Log::RotationInfo): bool;

	## Tells :zeek:id:`Log::rotation_format_func` what is about to be rotated.
	type Log::RotationFmtInfo: record {
		writer: Writer;
		path: string;
		open: time;
		close: time;
		terminating: bool;
		## What will be called afterwards.
		postprocessor: RotationPostProcessorFunc &optional;
	};

	## How often logs rotate, unless their filter says otherwise; 0 for never.
	const default_rotation_interval = 0secs &redef;

	## Where rotated logs go; empty for where they are.
	option default_rotation_dir = "";

	## Where a rotated log goes.
	type Log::RotationPath: record {
		dir: string &default=default_rotation_dir;
		## File name; the writer appends its suffix.
		file_basename: string;
	};

	## Chooses where a rotated log goes.
	const rotation_format_func: function(ri: RotationFmtInfo): RotationPath &redef;

	## How :zeek:id:`strftime` writes the opening time into the name of a rotated log.
	const default_rotation_date_format = "%Y-%m-%d-%H-%M-%S" &redef;

	## Command to run on each rotated log; empty for none. It gets file, path, opening and closing time, 1 when the
	## engine is ending, and the writer.
	const default_rotation_postprocessor_cmd = "" &redef;

	## What goes into that command's environment, with ``ZEEK_ARG_`` before each name.
	option default_rotation_postprocessor_cmd_env: table[string] of string = {};

	## What to call with a rotated log, by writer.
	const default_rotation_postprocessors: table[Writer] of function(info: RotationInfo): bool &redef;

	## How often summaries of alarms are mailed; 0 for never.
	const default_mail_alarms_interval = 0secs &redef;

	## Runs :zeek:id:`Log::default_rotation_postprocessor_cmd` on the file *npath*.
	global run_rotation_postprocessor_cmd: function(info: RotationInfo, npath: string): bool;

	# ---- filters and streams

	## Makes a path from a stream's name: ``HTTP::LOG`` gives ``http``, ``PacketFilter::LOG`` ``packet_filter``,
	## ``Notice::ALARM_LOG`` ``notice_alarm``. Keeps *path* when it is not empty.
	global default_path_func: function(id: ID, path: string, rec: any): string &redef;

	## Takes a stream's rows to a log.
	type Log::Filter: record {
		## Unique within the stream.
		name: string;

		writer: Writer &default=default_writer;

		## Name of the log, without suffix. When another filter of the stream writes to it already, ``-2``, ``-3``
		## and so on is appended.
		path: string &optional;

		## Gives the name for each row. *path* is the filter's, or the result of the first call.
		path_func: function(id: ID, path: string, rec: any): string &optional;

		## Names of the only columns to write, as they are before renaming.
		include: set[string] &optional;

		## Names of columns not to write.
		exclude: set[string] &optional;

		log_local: bool &default=enable_local_logging;
		log_remote: bool &default=enable_remote_logging;
		field_name_map: table[string] of string &default=default_field_name_map;
		scope_sep: string &default=default_scope_sep;
		ext_prefix: string &default=default_ext_prefix;

		## Like :zeek:id:`Log::default_ext_func`.
		ext_func: function(path: string): any &default=default_ext_func;

		## How often the log rotates; 0 for never.
		interv: interval &default=default_rotation_interval;

		## What to call with a rotated log instead of the writer's default.
		postprocessor: function(info: RotationInfo): bool &optional;

		## The writer's options for this log.
		config: table[string] of string &default=table();

		## Decides on rows as scripts of 2018 do it: F leaves a row out.
		pred: function(rec: any): bool &optional;
	};

	## Sees each row of a stream; may change it, and ``break`` keeps it out of all logs.
	type Log::StreamPolicyHook: hook(rec: any, id: ID);

	## Sees each row that a filter is about to write; may change it, and ``break`` keeps it out of that log.
	type Log::PolicyHook: hook(rec: any, id: ID, filter: Filter);

	redef record Filter += {
		## Without one the stream's is used.
		policy: PolicyHook &optional;
	};

	## Describes a stream.
	type Log::Stream: record {
		## The record type of its rows; fields with ``&log`` become columns.
		columns: any;

		## An event to raise for each row, with the row as its only parameter.
		ev: any &optional;

		## Path of filters that have none.
		path: string &optional;

		## Policy of filters that have none.
		policy: PolicyHook &optional;

		## Event groups and modules that are switched off and on with the stream.
		event_groups: set[string] &default=set();

		max_delay_interval: interval &default=default_max_delay_interval;
		max_delay_queue_size: count &default=default_max_delay_queue_size;
		max_field_string_bytes: count &default=Log::default_max_field_string_bytes;
		max_total_string_bytes: count &default=Log::default_max_total_string_bytes;
		max_field_container_elements: count &default=Log::default_max_field_container_elements;
		max_total_container_elements: count &default=Log::default_max_total_container_elements;
	};

	## What :zeek:id:`Log::get_filter` returns when there is no such filter.
	const no_filter = Filter($name="<not found>");

	## Sees every row of every stream before the filters do.
	global log_stream_policy: Log::StreamPolicyHook;

	## Streams that are there and not disabled. For looking only.
	global active_streams: table[ID] of Stream = table();

	# ---- functions

	## Makes a stream, or makes it anew, with its default filter.
	##
	## Returns: F when *stream* is not usable; a message says why.
	global create_stream: function(id: ID, stream: Stream): bool;

	## Closes a stream's logs and forgets it.
	global remove_stream: function(id: ID): bool;

	## Lets a disabled stream write again.
	global enable_stream: function(id: ID): bool;

	## Drops what is written to a stream from now on.
	global disable_stream: function(id: ID): bool;

	## Adds a filter; one of the same name is replaced.
	global add_filter: function(id: ID, filter: Filter): bool;

	## Removes a filter; T also when there was none of that name.
	global remove_filter: function(id: ID, name: string): bool;

	global get_filter: function(id: ID, name: string): Filter;
	global get_filter_names: function(id: ID): set[string];
	global add_default_filter: function(id: ID): bool;
	global remove_default_filter: function(id: ID): bool;

	## Writes a row.
	##
	## columns: a record of the stream's columns type, or one that can be turned into it.
	##
	## Returns: F when there is no such stream or *columns* does not fit it.
	global write: function(id: ID, columns: any): bool;

	## Switches buffering of a stream's logs.
	global set_buf: function(id: ID, buffered: bool): bool;

	## Makes rows written so far visible in the files.
	global flush: function(id: ID): bool;

	# ---- delayed rows

	## Called with a row whose delay has ended; F drops the row. May delay it again.
	type Log::PostDelayCallback: function(rec: any, id: ID): bool;

	## Stands for one call of :zeek:id:`Log::delay`.
	type Log::DelayToken: opaque of LogDelayTokenVal;

	## Does nothing and returns T.
	global empty_post_delay_cb: PostDelayCallback;

	## Delays the row that is being written. Only within :zeek:id:`Log::log_stream_policy`, for the row it was called with,
	## or within a callback given here before.
	##
	## The row goes on when every call has been answered by :zeek:id:`Log::delay_finish`, or the stream's
	## ``max_delay_interval`` has passed, or the engine ends.
	global delay: function(id: ID, rec: any, post_delay_cb: PostDelayCallback &default=empty_post_delay_cb): DelayToken;

	## Takes one call of :zeek:id:`Log::delay` back; the last one lets the row go on at once.
	global delay_finish: function(id: ID, rec: any, token: DelayToken): bool;

	## Lets rows wait longer. A shorter time than before is ignored.
	global set_max_delay_interval: function(id: Log::ID, max_delay: interval): bool;

	## Lets more, or fewer, rows wait at a time.
	global set_max_delay_queue_size: function(id: Log::ID, queue_size: count): bool;

	## How many rows wait; -1 when there is no such stream.
	global get_delay_queue_size: function(id: Log::ID): int;

	# ---- print as a log

	type Log::PrintLogInfo: record {
		ts: time &log;
		## What was printed, one string per argument.
		vals: string_vec &log;
	};

	type Log::PrintLogType: enum {
		REDIRECT_NONE,
		## What would go to standard output.
		REDIRECT_STDOUT,
		## Everything, files too.
		REDIRECT_ALL
	};

	global log_print: event(rec: PrintLogInfo);

	## Which ``print`` statements become rows of a log.
	const print_to_log: PrintLogType = REDIRECT_NONE &redef;

	const print_log_path = "print" &redef;
}

# Disabled streams too.
global all_streams: table[ID] of Stream = table();

global filters: table[ID, string] of Filter;
global stream_filters: table[ID] of set[string] = table();

# ---- paths

# Splits "PacketFilter" at its inner capitals: "packet_filter". Runs of capitals stay together.
function snake_case(name: string): string
	{
	local result = "";
	local before_is_small = F;

	for ( c in name )
		{
		local is_capital = /[A-Z]/ == c;

		if ( is_capital && before_is_small )
			result += "_";

		result += c;
		before_is_small = ! is_capital;
		}

	return to_lower(result);
	}

function default_path_func(id: ID, path: string, rec: any): string
	{
	if ( path != "" )
		return path;

	local full = fmt("%s", id);
	local parts = split_string1(full, /::/);

	if ( |parts| != 2 )
		return to_lower(full);

	if ( parts[1] == "LOG" )
		return snake_case(parts[0]);

	return to_lower(fmt("%s_%s", parts[0], sub(parts[1], /_LOG$/, "")));
	}

# ---- rotation

# The engine calls this with a rotated log whose filter has no postprocessor.
function __default_rotation_postprocessor(info: RotationInfo): bool &is_used
	{
	if ( info$writer !in default_rotation_postprocessors )
		return T;

	return default_rotation_postprocessors[info$writer](info);
	}

function run_rotation_postprocessor_cmd(info: RotationInfo, npath: string): bool
	{
	if ( default_rotation_postprocessor_cmd == "" )
		return T;

	local times = "%y-%m-%d_%H.%M.%S";
	local words = vector(default_rotation_postprocessor_cmd, safe_shell_quote(npath), safe_shell_quote(info$path),
	    strftime(times, info$open), strftime(times, info$close), info$terminating ? "1" : "0",
	    sub(to_lower(fmt("%s", info$writer)), /^log::writer_/, ""));

	system_env(join_string_vec(words, " "), default_rotation_postprocessor_cmd_env);
	return T;
	}

function default_ascii_rotation_postprocessor_func(info: RotationInfo): bool
	{
	return run_rotation_postprocessor_cmd(info, info$fname);
	}

redef default_rotation_postprocessors += { [WRITER_ASCII] = default_ascii_rotation_postprocessor_func };

function rotation_format_func(ri: RotationFmtInfo): RotationPath
	{
	# "path.time", unless a postprocessor of one's own is at work: those have always been given "path-time".
	if ( ri$writer == WRITER_ASCII && ri?$postprocessor && ri$postprocessor == __default_rotation_postprocessor &&
	     WRITER_ASCII in default_rotation_postprocessors &&
	     default_rotation_postprocessors[WRITER_ASCII] == default_ascii_rotation_postprocessor_func )
		return RotationPath($file_basename=cat(ri$path, ".", strftime(default_rotation_date_format, ri$open)));

	return RotationPath($file_basename=cat(ri$path, "-", strftime("%y-%m-%d_%H.%M.%S", ri$open)));
	}

# ---- streams

function create_stream(id: ID, stream: Stream): bool
	{
	if ( ! __create_stream(id, stream) )
		return F;

	all_streams[id] = stream;
	active_streams[id] = stream;
	return add_default_filter(id);
	}

function remove_stream(id: ID): bool
	{
	for ( name in get_filter_names(id) )
		delete filters[id, name];

	delete stream_filters[id];
	delete active_streams[id];
	delete all_streams[id];
	return __remove_stream(id);
	}

function switch_event_groups(stream: Stream, on: bool)
	{
	for ( group in stream$event_groups )
		{
		if ( has_module_events(group) )
			{
			if ( on )
				enable_module_events(group);
			else
				disable_module_events(group);
			}

		if ( has_event_group(group) )
			{
			if ( on )
				enable_event_group(group);
			else
				disable_event_group(group);
			}
		}
	}

function disable_stream(id: ID): bool
	{
	delete active_streams[id];

	if ( id in all_streams )
		switch_event_groups(all_streams[id], F);

	return __disable_stream(id);
	}

function enable_stream(id: ID): bool
	{
	if ( ! __enable_stream(id) )
		return F;

	if ( id in all_streams )
		{
		active_streams[id] = all_streams[id];
		switch_event_groups(all_streams[id], T);
		}

	return T;
	}

# ---- filters

function add_filter(id: ID, filter: Filter): bool
	{
	local stream = all_streams[id];

	if ( ! filter?$path && stream?$path )
		filter$path = stream$path;

	if ( ! filter?$path && ! filter?$path_func )
		filter$path_func = default_path_func;

	if ( ! __add_filter(id, filter) )
		return F;

	filters[id, filter$name] = filter;

	if ( id !in stream_filters )
		stream_filters[id] = set();

	add stream_filters[id][filter$name];
	return T;
	}

function remove_filter(id: ID, name: string): bool
	{
	delete filters[id, name];

	if ( id in stream_filters )
		delete stream_filters[id][name];

	return __remove_filter(id, name);
	}

function get_filter(id: ID, name: string): Filter
	{
	return [id, name] in filters ? filters[id, name] : no_filter;
	}

function get_filter_names(id: ID): set[string]
	{
	if ( id in stream_filters )
		return stream_filters[id];

	return set();
	}

function add_default_filter(id: ID): bool
	{
	return add_filter(id, Filter($name="default"));
	}

function remove_default_filter(id: ID): bool
	{
	return remove_filter(id, "default");
	}

# ---- rows

function write(id: ID, columns: any): bool
	{
	return __write(id, columns);
	}

function set_buf(id: ID, buffered: bool): bool
	{
	return __set_buf(id, buffered);
	}

function flush(id: ID): bool
	{
	return __flush(id);
	}

function empty_post_delay_cb(rec: any, id: ID): bool
	{
	return T;
	}

function delay(id: ID, rec: any, post_delay_cb: PostDelayCallback &default=empty_post_delay_cb): DelayToken
	{
	return __delay(id, rec, post_delay_cb);
	}

function delay_finish(id: ID, rec: any, token: DelayToken): bool
	{
	return __delay_finish(id, rec, token);
	}

function set_max_delay_interval(id: Log::ID, max_delay: interval): bool
	{
	if ( id !in all_streams )
		return F;

	local stream = all_streams[id];

	if ( max_delay <= stream$max_delay_interval )
		return T;

	if ( ! __set_max_delay_interval(id, max_delay) )
		return F;

	stream$max_delay_interval = max_delay;
	return T;
	}

function set_max_delay_queue_size(id: Log::ID, queue_size: count): bool
	{
	if ( id !in all_streams || ! __set_max_delay_queue_size(id, queue_size) )
		return F;

	all_streams[id]$max_delay_queue_size = queue_size;
	return T;
	}

function get_delay_queue_size(id: Log::ID): int
	{
	return __get_delay_queue_size(id);
	}

event zeek_init() &priority=5
	{
	if ( print_to_log != REDIRECT_NONE )
		create_stream(PRINTLOG, Stream($columns=PrintLogInfo, $ev=log_print, $path=print_log_path));
	}
