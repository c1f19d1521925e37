##! files.log: one row a file and connection. Scripts add analyzers to a file while it passes: hashes, extraction, events.

@load base/frameworks/analyzer
@load base/frameworks/logging
@load base/utils/site

module Files;

export {
	redef enum Log::ID += { LOG };

	global log_policy: Log::PolicyHook;

	## What an analyzer is told. Analyzers add their own fields.
	type AnalyzerArgs: record {
		## For ``ANALYZER_DATA_EVENT``: called with each piece, in whatever order they come.
		chunk_event: event(f: fa_file, data: string, off: count) &optional;
		## For ``ANALYZER_DATA_EVENT``: called with the content in order.
		stream_event: event(f: fa_file, data: string) &optional;
	} &redef;

	type Info: record {
		## When it was first seen.
		ts: time &log;
		## Its id; equal in every log, and for every sensor that sees it.
		fuid: string &log;
		## Of the connection it came over.
		uid: string &log &optional;
		id: conn_id &log &optional;
		## The protocol, or other origin.
		source: string &log &optional;
		## How deep in its source: of mail the part, of HTTP the request.
		depth: count &default=0 &log;
		## Names of the analyzers it was given.
		analyzers: set[string] &log &default=set();
		## By what it begins with.
		mime_type: string &log &optional;
		## As announced.
		filename: string &log &optional;
		duration: interval &log &default=0secs;
		## Whether the sender's address is one of :zeek:id:`Site::local_nets`; unset when those are not known.
		local_orig: bool &log &optional;
		## Whether the originator of the connection sent it.
		is_orig: bool &log &optional;
		seen_bytes: count &log &default=0;
		## As announced.
		total_bytes: count &log &optional;
		## Never captured.
		missing_bytes: count &log &default=0;
		## Came, but could not be put in order.
		overflow_bytes: count &log &default=0;
		## Whether it fell silent before its end.
		timedout: bool &log &default=F;
		## Of the file it was found in.
		parent_fuid: string &log &optional;
		## Who sent it; not logged.
		tx_hosts: set[addr] &default=set();
		## Who got it; not logged.
		rx_hosts: set[addr] &default=set();
		## All connections it came over; not logged.
		conn_uids: set[string] &default=set();
	} &redef;

	## Protocols whose files are left alone.
	const disable: table[Files::Tag] of bool = table() &redef;

	## Whether analyzers are added by what a file begins with.
	const analyze_by_mime_type_automatically = T &redef;

	## Whether files whose parts come in the wrong order are put together.
	option enable_reassembler = T;

	## Bytes that are kept of such a file.
	const reassembly_buffer_size = 524288 &redef;

	## Whether that file is passing.
	global file_exists: function(fuid: string): bool;

	## The file that is passing under that id; an error when there is none.
	global lookup_file: function(fuid: string): fa_file;

	global enable_reassembly: function(f: fa_file);
	global disable_reassembly: function(f: fa_file);
	global set_reassembly_buffer_size: function(f: fa_file, max: count);

	## How long the file may be silent. In a handler of ``file_timeout``, lets it go on for that long.
	global set_timeout_interval: function(f: fa_file, t: interval): bool;

	global enable_analyzer: function(tag: Files::Tag): bool;
	global disable_analyzer: function(tag: Files::Tag): bool;
	global analyzer_enabled: function(tag: Files::Tag): bool;

	## Gives a file an analyzer. One that comes after the file's beginning is given that too, but nothing between.
	##
	## Returns: F when the file has gone, or the analyzer cannot do with *args*.
	global add_analyzer: function(f: fa_file, tag: Files::Tag, args: AnalyzerArgs &default=AnalyzerArgs()): bool;

	## Takes it away again.
	global remove_analyzer: function(f: fa_file, tag: Files::Tag, args: AnalyzerArgs &default=AnalyzerArgs()): bool;

	## Nothing more of this file.
	global stop: function(f: fa_file): bool;

	global analyzer_name: function(tag: Files::Tag): string;

	## Where a file comes from, in the words of its protocol: for HTTP the URL.
	global describe: function(f: fa_file): string;

	## What a protocol tells of its files.
	type ProtoRegistration: record {
		## Equal answers are the same file; an empty one is none.
		get_file_handle: function(c: connection, is_orig: bool): string;
		describe: function(f: fa_file): string &default=function(f: fa_file): string { return ""; };
	};

	## Returns: F when the protocol was registered before; what is registered now counts.
	global register_protocol: function(tag: Analyzer::Tag, reg: ProtoRegistration): bool;

	## Runs *callback* before an analyzer of that kind is added.
	global register_analyzer_add_callback: function(tag: Files::Tag, callback: function(f: fa_file, args: AnalyzerArgs));

	## Adds that analyzer to files of these types, besides those of before.
	global register_for_mime_types: function(tag: Files::Tag, mts: set[string]): bool;
	global register_for_mime_type: function(tag: Files::Tag, mt: string): bool;
	global registered_mime_types: function(tag: Files::Tag): set[string];
	global all_registered_mime_types: function(): table[Files::Tag] of set[string];

	## A row of files.log.
	global log_files: event(rec: Info);
}

redef record fa_file += {
	info: Info &optional;
};

global registered_protocols: table[Analyzer::Tag] of ProtoRegistration = table();
global mime_types: table[Files::Tag] of set[string];
global mime_type_to_analyzers: table[string] of set[Files::Tag];
global analyzer_add_callbacks: table[Files::Tag] of function(f: fa_file, args: AnalyzerArgs) = table();

# Protocols that nobody registered, each of which is warned of once.
global unregistered: set[Analyzer::Tag];

event zeek_init() &priority=5
	{
	Log::create_stream(Files::LOG, Log::Stream($columns=Info, $ev=log_files, $path="files", $policy=log_policy));
	}

# Brings ``f$info`` up to what the engine knows.
function set_info(f: fa_file)
	{
	if ( ! f?$info )
		f$info = Info($ts=f$last_active, $fuid=f$id);

	local i = f$info;
	i$source = f$source;
	i$duration = f$last_active - i$ts;
	i$seen_bytes = f$seen_bytes;
	i$missing_bytes = f$missing_bytes;
	i$overflow_bytes = f$overflow_bytes;

	if ( f?$parent_id )
		i$parent_fuid = f$parent_id;

	if ( f?$total_bytes )
		i$total_bytes = f$total_bytes;

	if ( f?$is_orig )
		i$is_orig = f$is_orig;
	}

function file_exists(fuid: string): bool
	{
	return __file_exists(fuid);
	}

function lookup_file(fuid: string): fa_file
	{
	return __lookup_file(fuid);
	}

function set_timeout_interval(f: fa_file, t: interval): bool
	{
	return __set_timeout_interval(f$id, t);
	}

function enable_reassembly(f: fa_file)
	{
	__enable_reassembly(f$id);
	}

function disable_reassembly(f: fa_file)
	{
	__disable_reassembly(f$id);
	}

function set_reassembly_buffer_size(f: fa_file, max: count)
	{
	__set_reassembly_buffer(f$id, max);
	}

function enable_analyzer(tag: Files::Tag): bool
	{
	return __enable_analyzer(tag);
	}

function disable_analyzer(tag: Files::Tag): bool
	{
	return __disable_analyzer(tag);
	}

function analyzer_enabled(tag: Files::Tag): bool
	{
	return __analyzer_enabled(tag);
	}

function add_analyzer(f: fa_file, tag: Files::Tag, args: AnalyzerArgs): bool
	{
	if ( ! analyzer_enabled(tag) )
		return F;

	add f$info$analyzers[analyzer_name(tag)];

	if ( tag in analyzer_add_callbacks )
		analyzer_add_callbacks[tag](f, args);

	if ( __add_analyzer(f$id, tag, args) )
		return T;

	Reporter::warning(fmt("Analyzer %s not added successfully to file %s.", tag, f$id));
	return F;
	}

function remove_analyzer(f: fa_file, tag: Files::Tag, args: AnalyzerArgs): bool
	{
	return __remove_analyzer(f$id, tag, args);
	}

function stop(f: fa_file): bool
	{
	return __stop(f$id);
	}

function analyzer_name(tag: Files::Tag): string
	{
	return __analyzer_name(tag);
	}

function register_analyzer_add_callback(tag: Files::Tag, callback: function(f: fa_file, args: AnalyzerArgs))
	{
	analyzer_add_callbacks[tag] = callback;
	}

function register_protocol(tag: Analyzer::Tag, reg: ProtoRegistration): bool
	{
	local is_new = tag !in registered_protocols;
	registered_protocols[tag] = reg;
	return is_new;
	}

function register_for_mime_types(tag: Files::Tag, mts: set[string]): bool
	{
	for ( mt in mts )
		register_for_mime_type(tag, mt);

	return T;
	}

function register_for_mime_type(tag: Files::Tag, mt: string): bool
	{
	if ( tag !in mime_types )
		mime_types[tag] = set();

	if ( mt !in mime_type_to_analyzers )
		mime_type_to_analyzers[mt] = set();

	add mime_types[tag][mt];
	add mime_type_to_analyzers[mt][tag];
	return T;
	}

function registered_mime_types(tag: Files::Tag): set[string]
	{
	return tag in mime_types ? mime_types[tag] : set();
	}

function all_registered_mime_types(): table[Files::Tag] of set[string]
	{
	return mime_types;
	}

function describe(f: fa_file): string
	{
	if ( ! Analyzer::has_tag(f$source) )
		return "";

	local tag = Analyzer::get_tag(f$source);
	return tag in registered_protocols ? registered_protocols[tag]$describe(f) : "";
	}

event get_file_handle(tag: Analyzer::Tag, c: connection, is_orig: bool) &priority=5
	{
	if ( tag in registered_protocols )
		{
		set_file_handle(registered_protocols[tag]$get_file_handle(c, is_orig));
		return;
		}

	if ( tag !in unregistered )
		{
		add unregistered[tag];
		Reporter::warning(fmt("get_file_handle() handler missing for %s", tag));
		}

	set_file_handle(fmt("%s-fallback-%s-%s-%s", tag, c$uid, is_orig, network_time()));
	}

event file_new(f: fa_file) &priority=10
	{
	set_info(f);

	if ( enable_reassembler )
		{
		enable_reassembly(f);
		set_reassembly_buffer_size(f, reassembly_buffer_size);
		}
	}

event file_over_new_connection(f: fa_file, c: connection, is_orig: bool) &priority=10
	{
	set_info(f);
	local sender = is_orig ? c$id$orig_h : c$id$resp_h;
	add f$info$tx_hosts[sender];
	add f$info$rx_hosts[is_orig ? c$id$resp_h : c$id$orig_h];
	add f$info$conn_uids[c$uid];

	if ( |Site::local_nets| > 0 )
		f$info$local_orig = Site::is_local_addr(sender);
	}

event file_sniff(f: fa_file, meta: fa_metadata) &priority=10
	{
	set_info(f);

	if ( ! meta?$mime_type )
		return;

	f$info$mime_type = meta$mime_type;

	if ( analyze_by_mime_type_automatically && meta$mime_type in mime_type_to_analyzers )
		{
		for ( tag in mime_type_to_analyzers[meta$mime_type] )
			add_analyzer(f, tag);
		}
	}

event file_timeout(f: fa_file) &priority=10
	{
	set_info(f);
	f$info$timedout = T;
	}

event file_state_remove(f: fa_file) &priority=10
	{
	set_info(f);
	}

event file_state_remove(f: fa_file) &priority=-10
	{
	if ( ! f?$conns || |f$conns| == 0 )
		{
		Log::write(Files::LOG, f$info);
		return;
		}

	# One row a connection. Handlers of log_files keep what they get, so each has a record of its own.
	for ( [_], c in f$conns )
		{
		local row = |f$conns| > 1 ? copy(f$info) : f$info;
		row$uid = c$uid;
		row$id = c$id;
		Log::write(Files::LOG, row);
		}
	}
