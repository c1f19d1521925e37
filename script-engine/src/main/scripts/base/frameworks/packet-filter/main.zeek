##! The capture filter: put together from what scripts ask for, installed, and told in packet_filter.log.

@load base/frameworks/notice
@load base/frameworks/analyzer
@load ./utils

module PacketFilter;

export {
	redef enum Log::ID += { LOG };

	## Decides which rows are written.
	global log_policy: Log::PolicyHook;

	redef enum Notice::Type += {
		## A filter is wrong.
		Compile_Failure,
		## A filter could not be put to use.
		Install_Failure,
		## Compiling took longer than :zeek:id:`PacketFilter::max_filter_compile_time`.
		Too_Long_To_Compile_Filter
	};

	type PacketFilter::Info: record {
		ts: time &log;
		## Who installed it.
		node: string &log &optional;
		filter: string &log;
		## Before the first packet.
		init: bool &log &default=F;
		success: bool &log &default=T;
		failure_reason: string &log &optional;
	};

	## What is captured if nobody asks for anything: everything.
	const default_capture_filter = "ip or not ip" &redef;

	## Let through whatever else is filtered out.
	const unrestricted_filter = "" &redef;

	## Applies to everything but that.
	const restricted_filter = "" &redef;

	## Longer is worth a notice.
	const max_filter_compile_time = 100msec &redef;

	## Keeps packets that *filter* accepts out, until :zeek:id:`PacketFilter::remove_exclude`.
	##
	## Returns: F when the filter is wrong.
	global exclude: function(filter_id: string, filter: string): bool;

	## The same for some time.
	global exclude_for: function(filter_id: string, filter: string, span: interval): bool;

	## Takes that back.
	##
	## Returns: F when there was no such filter.
	global remove_exclude: function(filter_id: string): bool;

	## Builds the filter anew and installs it.
	##
	## Returns: F when it is what it was.
	global install: function(): bool;

	## Something that changes ``capture_filters`` and ``restrict_filters`` whenever the filter is built.
	type PacketFilter::FilterPlugin: record {
		func: function();
	};

	global register_filter_plugin: function(fp: FilterPlugin);

	## The filter in use.
	global current_filter = "<not set yet>";
}

redef enum PcapFilterID += {
	DefaultPcapFilter,
	FilterTester
};

# What is kept out for the time being, by name.
global excluded: table[string] of string = {};
global filter_plugins: set[FilterPlugin] = {};

# Set by plugins that have something new.
global filter_changed = F;

# A plugin that asks for a new filter while one is being built gets none.
global building = F;

function is_valid(filter: string): bool
	{
	return Pcap::precompile_pcap_filter(FilterTester, filter);
	}

function check_all(what: string, filters: table[string] of string)
	{
	for ( name, filter in filters )
		if ( ! is_valid(filter) )
			Reporter::fatal(fmt("Invalid %s named '%s' - '%s'", what, name, filter));
	}

event zeek_init() &priority=5
	{
	Log::create_stream(PacketFilter::LOG, Log::Stream($columns=Info, $path="packet_filter", $policy=log_policy));
	check_all("capture_filter", capture_filters);
	check_all("restrict filter", restrict_filters);
	}

event PacketFilter::filter_change_tracking()
	{
	if ( filter_changed )
		install();

	schedule 5min { PacketFilter::filter_change_tracking() };
	}

event zeek_init() &priority=-6
	{
	install();

	if ( reading_live_traffic() )
		schedule 5min { PacketFilter::filter_change_tracking() };
	}

function register_filter_plugin(fp: FilterPlugin)
	{
	add filter_plugins[fp];
	}

function exclude(filter_id: string, filter: string): bool
	{
	if ( ! is_valid(filter) )
		return F;

	excluded[filter_id] = filter;
	install();
	return T;
	}

function remove_exclude(filter_id: string): bool
	{
	if ( filter_id !in excluded )
		return F;

	delete excluded[filter_id];
	install();
	return T;
	}

event PacketFilter::exclusion_ends(filter_id: string)
	{
	remove_exclude(filter_id);
	}

function exclude_for(filter_id: string, filter: string, span: interval): bool
	{
	if ( ! exclude(filter_id, filter) )
		return F;

	schedule span { PacketFilter::exclusion_ends(filter_id) };
	return T;
	}

function build(): string
	{
	# The command line has the last word.
	if ( cmd_line_bpf_filter != "" )
		return cmd_line_bpf_filter;

	building = T;

	for ( plugin in filter_plugins )
		plugin$func();

	building = F;
	local wanted = |capture_filters| == 0 ? default_capture_filter : "";

	for ( _, filter in capture_filters )
		wanted = combine_filters(wanted, "or", filter);

	local restriction = "";

	for ( _, filter in restrict_filters )
		restriction = combine_filters(restriction, "and", filter);

	for ( _, filter in excluded )
		restriction = combine_filters(restriction, "and", fmt("not (%s)", filter));

	local all = combine_filters(wanted, "and", restriction);

	if ( unrestricted_filter != "" )
		all = combine_filters(unrestricted_filter, "or", all);

	return combine_filters(restricted_filter, "and", all);
	}

# Compiles, and complains when that fails.
function compile(filter: string)
	{
	local begin = current_time();

	if ( ! Pcap::precompile_pcap_filter(DefaultPcapFilter, filter) )
		{
		local reason = Pcap::get_filter_state_string(DefaultPcapFilter);

		if ( Pcap::get_filter_state(DefaultPcapFilter) == Pcap::warning )
			Reporter::warning(fmt("Warning while compiling pcap filter '%s': %s", filter, reason));
		else
			{
			NOTICE(Notice::Info($note=Compile_Failure, $msg="Compiling packet filter failed", $sub=filter));
			local message = fmt("Bad pcap filter '%s': %s", filter, reason);

			if ( network_time() == double_to_time(0.0) )
				Reporter::fatal(message);
			else
				Reporter::warning(message);
			}
		}

	local took = current_time() - begin;

	if ( took > max_filter_compile_time )
		NOTICE(Notice::Info($note=Too_Long_To_Compile_Filter,
			$msg=fmt("A BPF filter is taking longer than %0.1f seconds to compile", took)));
	}

function install(): bool
	{
	if ( building )
		return F;

	local filter = build();
	filter_changed = F;

	if ( filter == current_filter )
		return F;

	compile(filter);
	current_filter = filter;
	local info = Info($ts=network_time(), $node=peer_description, $filter=filter);

	if ( info$ts == double_to_time(0.0) )
		{
		info$ts = current_time();
		info$init = T;
		}

	if ( ! Pcap::install_pcap_filter(DefaultPcapFilter) )
		{
		info$success = F;
		info$failure_reason = Pcap::get_filter_state_string(DefaultPcapFilter);
		NOTICE(Notice::Info($note=Install_Failure, $msg="Installing packet filter failed", $sub=filter));
		}

	if ( reading_live_traffic() || reading_traces() )
		Log::write(PacketFilter::LOG, info);

	return T;
	}
