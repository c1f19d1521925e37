##! osq-interface_addresses.log: addresses of the hosts.

@load ../main

module OsqueryInterfaceAddresses;

export {
	redef enum Log::ID += { LOG };

	type OsqueryInterfaceAddresses::Info: record {
		t: time &log;
		host: string &log;
		interface: string &log;
		address: addr &log;
		mask: string &log;
	};

	global row: event(info: osquery::ResultInfo, interface: string, address: addr, mask: string);
}

event row(info: osquery::ResultInfo, interface: string, address: addr, mask: string)
	{
	if ( info$utype != osquery::ADD )
		return;

	Log::write(LOG, Info($t=network_time(), $host=info$host, $interface=interface, $address=address, $mask=mask));
	}

event zeek_init()
	{
	Log::create_stream(LOG, Log::Stream($columns=Info, $path="osq-interface_addresses"));

	osquery::subscribe(osquery::Query($ev=row, $query="SELECT interface,address,mask FROM interface_addresses"));
	}
