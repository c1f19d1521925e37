##! osq-host_info.log: addresses of the hosts together with their MAC addresses, as they come and go.

@load ../main

module OsqueryHostInfo;

export {
	redef enum Log::ID += { LOG };

	type OsqueryHostInfo::Info: record {
		ts: time &log;
		host: string &log;
		utype: osquery::UpdateType &log;
		interface: string &log;
		ip: addr &log;
		mac: string &log;
	};

	global row: event(info: osquery::ResultInfo, interface: string, ip: addr, mac: string);
}

event row(info: osquery::ResultInfo, interface: string, ip: addr, mac: string)
	{
	Log::write(LOG, Info($ts=network_time(), $host=info$host, $utype=info$utype, $interface=interface, $ip=ip, $mac=mac));
	}

event zeek_init()
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $path="osq-host_info"));

	osquery::subscribe(osquery::Query($ev=row, $utype=osquery::BOTH, $query="SELECT a.interface, a.address, d.mac from interface_addresses as a INNER JOIN interface_details as d ON a.interface=d.interface;"));
	}
