##! known_services.log: each port that answered, with the protocols found on it, once a day.

@load base/utils/directions-and-hosts
@load base/frameworks/cluster

module Known;

export {
	redef enum Log::ID += { SERVICES_LOG };

	## Decides which rows are written.
	global log_policy_services: Log::PolicyHook;

	type Known::ServicesInfo: record {
		ts: time &log;
		host: addr &log;
		port_num: port &log;
		port_proto: transport_proto &log;
		## Protocols; an empty name if none was recognized.
		service: set[string] &log;
	};

	## Asks that what is known outlasts a run, in a store. There is none yet: either makes a warning at the start, and a run
	## begins with nothing known.
	const use_service_store = F &redef;
	const enable_services_persistence = F &redef;

	## Whose services are of interest.
	option service_tracking = LOCAL_HOSTS;

	## A UDP service must have answered.
	option service_udp_requires_response = T;

	## What has been logged already.
	global services: table[addr, port] of set[string] &create_expire=1day;

	## A row of known_services.log.
	global log_known_services: event(rec: ServicesInfo);
}

redef record connection += {
	# Its service has been told.
	known_services_done: bool &default=F;
};

event zeek_init() &priority=5
	{
	if ( use_service_store || enable_services_persistence )
		Reporter::warning("known services are not kept beyond a run yet");

	Log::create_stream(Known::SERVICES_LOG,
		Log::Stream($columns=ServicesInfo, $ev=log_known_services, $path="known_services", $policy=log_policy_services));
	}

event service_info_commit(info: ServicesInfo)
	{
	if ( [info$host, info$port_num] !in services )
		services[info$host, info$port_num] = set();

	local known = services[info$host, info$port_num];
	local fresh: set[string];

	for ( s in info$service )
		if ( s !in known )
			add fresh[s];

	if ( |fresh| == 0 )
		return;

	for ( s in fresh )
		add known[s];

	Log::write(Known::SERVICES_LOG, ServicesInfo($ts=info$ts, $host=info$host, $port_num=info$port_num,
		$port_proto=info$port_proto, $service=fresh));
	}

# Whether the responder showed that something listens there.
function has_active_service(c: connection): bool
	{
	switch ( get_port_transport_proto(c$id$resp_p) )
		{
		case tcp:
			return c$resp$state == TCP_ESTABLISHED || c$resp$state == TCP_CLOSED || c$resp$state == TCP_PARTIAL
				|| /h/ in c$history;
		case udp:
			return ! service_udp_requires_response || c$resp$state == UDP_ACTIVE;
		default:
			return F;
		}
	}

function known_services_done(c: connection)
	{
	if ( ! addr_matches_host(c$id$resp_h, service_tracking) )
		return;

	if ( |c$service| == 1 )
		{
		# Ports of data connections are no services.
		if ( "ftp-data" in c$service )
			return;

		# A query that nobody answered.
		if ( "DNS" in c$service && c$resp$size == 0 )
			return;
		}

	if ( ! has_active_service(c) )
		return;

	c$known_services_done = T;
	local info = ServicesInfo($ts=network_time(), $host=c$id$resp_h, $port_num=c$id$resp_p,
		$port_proto=get_port_transport_proto(c$id$resp_p), $service=set());

	for ( s in c$service )
		if ( s[0] != "-" )
			add info$service[s];

	if ( |c$service| > 0 )
		event service_info_commit(info);
	else
		{
		# Another connection may tell soon what it is.
		add info$service[""];
		schedule 5min { service_info_commit(info) };
		}
	}

event analyzer_confirmation_info(atype: AllAnalyzers::Tag, info: AnalyzerConfirmationInfo) &priority=-5
	{
	if ( info?$c )
		known_services_done(info$c);
	}

event connection_state_remove(c: connection) &priority=-5
	{
	if ( ! c$known_services_done )
		known_services_done(c);
	}
