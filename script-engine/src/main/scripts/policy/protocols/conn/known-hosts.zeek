##! known_hosts.log: each address that completed a TCP handshake, once a day.

@load base/utils/directions-and-hosts
@load base/frameworks/cluster

module Known;

export {
	redef enum Log::ID += { HOSTS_LOG };

	## Decides which rows are written.
	global log_policy_hosts: Log::PolicyHook;

	type Known::HostsInfo: record {
		ts: time &log;
		host: addr &log;
	};

	## Asks that what is known outlasts a run, in a store. There is none yet: either makes a warning at the start, and a run
	## begins with nothing known.
	const use_host_store = F &redef;
	const enable_hosts_persistence = F &redef;

	## Whose addresses are of interest.
	option host_tracking = LOCAL_HOSTS;

	## What has been logged already.
	global hosts: set[addr] &create_expire=1day &redef;

	## An address was found to be alive.
	global host_found: event(info: HostsInfo);

	## A row of known_hosts.log.
	global log_known_hosts: event(rec: HostsInfo);
}

event zeek_init() &priority=5
	{
	if ( use_host_store || enable_hosts_persistence )
		Reporter::warning("known hosts are not kept beyond a run yet");

	Log::create_stream(Known::HOSTS_LOG,
		Log::Stream($columns=HostsInfo, $ev=log_known_hosts, $path="known_hosts", $policy=log_policy_hosts));
	}

event Known::host_found(info: HostsInfo)
	{
	if ( info$host in hosts )
		return;

	add hosts[info$host];
	Log::write(Known::HOSTS_LOG, info);
	}

event connection_established(c: connection) &priority=5
	{
	if ( c$orig$state != TCP_ESTABLISHED || c$resp$state != TCP_ESTABLISHED )
		return;

	for ( host in set(c$id$orig_h, c$id$resp_h) )
		if ( addr_matches_host(host, host_tracking) )
			event Known::host_found(HostsInfo($ts=network_time(), $host=host));
	}
