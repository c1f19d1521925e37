##! Longer silence for services whose users sit and think.

module Conn;

export {
	## By what an analyzer found.
	option analyzer_inactivity_timeouts: table[AllAnalyzers::Tag] of interval = {
		[Analyzer::ANALYZER_SSH] = 1 hrs,
		[Analyzer::ANALYZER_FTP] = 1 hrs
	};

	## By the server's port.
	option port_inactivity_timeouts: table[port] of interval = {
		[21/tcp] = 1 hrs,
		[22/tcp] = 1 hrs,
		[23/tcp] = 1 hrs,
		[513/tcp] = 1 hrs
	};
}

event analyzer_confirmation_info(atype: AllAnalyzers::Tag, info: AnalyzerConfirmationInfo)
	{
	if ( info?$c && atype in analyzer_inactivity_timeouts )
		set_inactivity_timeout(info$c$id, analyzer_inactivity_timeouts[atype]);
	}

event connection_established(c: connection)
	{
	local server = c$id$resp_p;

	# Of a connection seen from its answer on, the server may be the one called originator.
	if ( c$orig$state == TCP_INACTIVE && server !in likely_server_ports && c$id$orig_p in likely_server_ports )
		server = c$id$orig_p;

	if ( server in port_inactivity_timeouts )
		set_inactivity_timeout(c$id, port_inactivity_timeouts[server]);
	}
