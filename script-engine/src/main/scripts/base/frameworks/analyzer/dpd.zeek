##! What analyzers find out about connections goes into ``c$service``; those that find another protocol are taken away.

@load ./main

module DPD;

export {
	## Analyzers that stay in spite of violations.
	option ignore_violations: set[Analyzer::Tag] = set();

	## Violations after that many payload bytes of both sides take nothing away; 0 is no limit.
	option ignore_violations_after = 10 * 1024;

	## Keeps an analyzer that was taken away in the service column, and adds its name again with a ``-`` before it.
	option track_removed_services_in_connection = F;
}

redef record connection += {
	## Names of analyzers that had been confirmed and were taken away.
	failed_analyzers: set[string] &default=set() &ordered;
};

event analyzer_confirmation_info(atype: AllAnalyzers::Tag, info: AnalyzerConfirmationInfo) &priority=10
	{
	# File analyzers tell of files.
	if ( info?$c && ! is_file_analyzer(atype) )
		add info$c$service[Analyzer::name(atype)];
	}

event analyzer_violation_info(atype: AllAnalyzers::Tag, info: AnalyzerViolationInfo) &priority=5
	{
	if ( ! is_protocol_analyzer(atype) || ! info?$c || ! info?$aid || atype in ignore_violations )
		return;

	local c = info$c;

	if ( ignore_violations_after > 0 && c$orig$size + c$resp$size > ignore_violations_after )
		return;

	# One that has gone already has failed too.
	local gone = lookup_connection_analyzer_id(c$id, atype) == 0;

	if ( gone || disable_analyzer(c$id, info$aid, F) )
		event Analyzer::analyzer_failed(network_time(), atype, info);
	}

# Late, so that others can see whether it was confirmed.
event Analyzer::analyzer_failed(ts: time, atype: AllAnalyzers::Tag, info: AnalyzerViolationInfo) &priority=-5
	{
	if ( ! is_protocol_analyzer(atype) || ! info?$c )
		return;

	local c = info$c;
	local service = Analyzer::name(atype);

	if ( service !in c$service )
		return;

	add c$failed_analyzers[service];

	if ( track_removed_services_in_connection )
		add c$service["-" + service];
	else
		delete c$service[service];
	}
