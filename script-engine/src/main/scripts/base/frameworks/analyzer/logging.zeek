##! analyzer.log: analyzers that were taken from a connection after they had been confirmed, and complaints of others.

@load base/frameworks/logging
@load ./main
@load ./dpd

module Analyzer::Logging;

export {
	redef enum Log::ID += { LOG };

	type Info: record {
		ts: time &log;
		## ``protocol``, ``packet`` or ``file``.
		analyzer_kind: string &log;
		analyzer_name: string &log;
		## Of the connection, when there is one.
		uid: string &log &optional;
		## Of the file, when there is one.
		fuid: string &log &optional;
		id: conn_id &log &optional;
		proto: transport_proto &log &optional;
		failure_reason: string &log;
		## The bytes that did not fit.
		failure_data: string &log &optional;
	};

	## No more bytes than that of what did not fit; 0 is all.
	option failure_data_max_size = 40;

	global log_analyzer: event(rec: Info);

	global log_policy: Log::PolicyHook;
}

event zeek_init() &priority=5
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $path="analyzer", $ev=log_analyzer, $policy=log_policy));
	}

function set_connection(rec: Info, c: connection)
	{
	rec$uid = c$uid;
	rec$id = c$id;
	}

function log_failure(ts: time, atype: AllAnalyzers::Tag, info: AnalyzerViolationInfo)
	{
	local rec = Info($ts=ts, $analyzer_kind=Analyzer::kind(atype), $analyzer_name=Analyzer::name(atype),
		$failure_reason=info$reason);

	if ( info?$c )
		{
		set_connection(rec, info$c);
		rec$proto = get_port_transport_proto(info$c$id$orig_p);
		}

	if ( info?$f )
		{
		rec$fuid = info$f$id;

		# The only connection of the file is as good.
		if ( ! rec?$uid && info$f?$conns && |info$f$conns| == 1 )
			for ( [_], c in info$f$conns )
				set_connection(rec, c);
		}

	if ( info?$data )
		rec$failure_data = failure_data_max_size > 0 ? info$data[0:failure_data_max_size] : info$data;

	Log::write(LOG, rec);
	}

event Analyzer::analyzer_failed(ts: time, atype: AllAnalyzers::Tag, info: AnalyzerViolationInfo)
	{
	if ( ! is_protocol_analyzer(atype) || ! info?$c )
		return;

	local service = Analyzer::name(atype);

	# Only what had been sure of itself, and once.
	if ( service in info$c$service && service !in info$c$failed_analyzers )
		log_failure(ts, atype, info);
	}

# Nothing takes these away.
event analyzer_violation_info(atype: AllAnalyzers::Tag, info: AnalyzerViolationInfo)
	{
	if ( ! is_protocol_analyzer(atype) )
		log_failure(network_time(), atype, info);
	}
