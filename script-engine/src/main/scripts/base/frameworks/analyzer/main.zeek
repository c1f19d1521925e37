##! Which analyzers there are, and to which connections they are attached.
##!
##! A protocol's script names the ports that its analyzer is tried on. On any port an analyzer is attached when both sides of a
##! connection begin as its protocol does. Either way it is attached only when something handles one of its events.

module Analyzer;

export {
	## Disables all analyzers of protocols when the run begins; those in :zeek:id:`Analyzer::requested_analyzers` come back.
	global disable_all = F &redef;

	## Lets new connections get that analyzer.
	##
	## Returns: F when the engine has none of that kind.
	global enable_analyzer: function(tag: AllAnalyzers::Tag): bool;

	## New connections get none of that kind.
	##
	## Returns: F when the engine has none of that kind.
	global disable_analyzer: function(tag: AllAnalyzers::Tag): bool;

	## Attaches the analyzer to connections to these ports, besides those of before.
	##
	## server_ports: behind these is the responder, also when the beginning of a connection was missed.
	##
	## non_server_ports: behind these may be either side.
	global register_for_ports: function(tag: Analyzer::Tag, server_ports: set[port],
		non_server_ports: set[port] &default=set()): bool;

	## As :zeek:id:`Analyzer::register_for_ports`, for one port of which nothing is known.
	global register_for_port: function(tag: Analyzer::Tag, p: port): bool;

	## The ports an analyzer is registered for.
	global registered_ports: function(tag: AllAnalyzers::Tag): set[port];

	global all_registered_ports: function(): table[AllAnalyzers::Tag] of set[port];

	## The analyzer's name, as in the service column of conn.log but in capitals.
	global name: function(atype: AllAnalyzers::Tag): string;

	## ``protocol``, ``packet``, ``file`` or ``unknown``.
	global kind: function(atype: AllAnalyzers::Tag): string;

	global has_tag: function(name: string): bool;

	## The analyzer of that name; ask :zeek:id:`Analyzer::has_tag` before.
	global get_tag: function(name: string): AllAnalyzers::Tag;

	## Attaches an analyzer to one connection to come.
	##
	## orig: 0.0.0.0 is any.
	##
	## tout: how long it may take to come.
	global schedule_analyzer: function(orig: addr, resp: addr, resp_p: port, analyzer: Analyzer::Tag, tout: interval): bool;

	## A capture filter for the ports of an analyzer; empty when it has none.
	global analyzer_to_bpf: function(tag: Analyzer::Tag): string;

	## A capture filter for all registered ports.
	global get_bpf: function(): string;

	## Disabled when the run begins.
	global disabled_analyzers: set[AllAnalyzers::Tag] = {} &redef;

	## Enabled when the run begins, whatever else says.
	global requested_analyzers: set[AllAnalyzers::Tag] = {} &redef;

	global ports: table[AllAnalyzers::Tag] of set[port];

	## An analyzer was taken from a connection, or would have been: what it saw was not its protocol.
	global analyzer_failed: event(ts: time, atype: AllAnalyzers::Tag, info: AnalyzerViolationInfo);
}

event zeek_init() &priority=5
	{
	if ( disable_all )
		__disable_all_analyzers();

	for ( tag in disabled_analyzers )
		disable_analyzer(tag);
	}

event zeek_init() &priority=-5
	{
	for ( tag in requested_analyzers )
		enable_analyzer(tag);
	}

function enable_analyzer(tag: AllAnalyzers::Tag): bool
	{
	if ( is_file_analyzer(tag) )
		return Files::__enable_analyzer(tag);

	return is_protocol_analyzer(tag) && __enable_analyzer(tag);
	}

function disable_analyzer(tag: AllAnalyzers::Tag): bool
	{
	if ( is_file_analyzer(tag) )
		return Files::__disable_analyzer(tag);

	return is_protocol_analyzer(tag) && __disable_analyzer(tag);
	}

function register_for_ports(tag: Analyzer::Tag, server_ports: set[port], non_server_ports: set[port] &default=set()): bool
	{
	local good = T;

	for ( p in server_ports )
		{
		good = register_for_port(tag, p) && good;
		add likely_server_ports[p];
		__serves(p);
		}

	for ( p in non_server_ports )
		good = register_for_port(tag, p) && good;

	return good;
	}

function register_for_port(tag: Analyzer::Tag, p: port): bool
	{
	if ( ! __register_for_port(tag, p) )
		return F;

	if ( tag !in ports )
		ports[tag] = set();

	add ports[tag][p];
	return T;
	}

function registered_ports(tag: AllAnalyzers::Tag): set[port]
	{
	return tag in ports ? ports[tag] : set();
	}

function all_registered_ports(): table[AllAnalyzers::Tag] of set[port]
	{
	return ports;
	}

function name(atype: AllAnalyzers::Tag): string
	{
	return __name(atype);
	}

function kind(atype: AllAnalyzers::Tag): string
	{
	if ( is_protocol_analyzer(atype) )
		return "protocol";

	if ( is_packet_analyzer(atype) )
		return "packet";

	return is_file_analyzer(atype) ? "file" : "unknown";
	}

function has_tag(name: string): bool
	{
	return __has_tag(name);
	}

function get_tag(name: string): AllAnalyzers::Tag
	{
	return __tag(name);
	}

function schedule_analyzer(orig: addr, resp: addr, resp_p: port, analyzer: Analyzer::Tag, tout: interval): bool
	{
	return __schedule_analyzer(orig, resp, resp_p, analyzer, tout);
	}

# One filter or the other.
function either_filter(a: string, b: string): string
	{
	if ( a == "" )
		return b;

	return b == "" ? a : fmt("(%s) or (%s)", a, b);
	}

function analyzer_to_bpf(tag: Analyzer::Tag): string
	{
	local filter = "";

	for ( p in registered_ports(tag) )
		{
		local proto = get_port_transport_proto(p);
		filter = either_filter(filter, proto == unknown_transport ? fmt("port %d", p) : fmt("%s and port %d", proto, p));
		}

	return filter;
	}

function get_bpf(): string
	{
	local filter = "";

	for ( tag in ports )
		filter = either_filter(filter, analyzer_to_bpf(tag));

	return filter;
	}
