##! Which host owns an address. Several may, and a host may have many.

@load ../main

module osquery;

export {
	## Seconds between the runs of the queries behind all this.
	const correlation_interval: count = 2 &redef;

	## How long something is still known after its host has told that it is gone: what it did may be seen later than that.
	const state_removal_delay = 60secs &redef;

	type osquery::InterfaceInfo: record {
		## The last one of each family that was told of.
		ipv4: addr &optional;
		ipv6: addr &optional;
		mac: string &default="";
		## All of them.
		addresses: set[addr] &default=addr_set();
	};

	type osquery::HostInfo: record {
		host: string;
		## By name.
		interface_info: table[string] of InterfaceInfo &default=table();
	};

	## The hosts that own an address.
	global getHostIDsByAddress: function(a: addr): set[string];
	global getHostInfosByAddress: function(a: addr): vector of HostInfo;

	## Empty for a host that is not known.
	global getHostInfoByHostID: function(host_id: string): HostInfo;

	## Tells that an interface has an address, or has it no longer.
	global updateInterface: function(utype: UpdateType, host_id: string, interface: string, ip: addr, mac: string);

	## Forgets a host's addresses.
	global removeHost: function(host_id: string);

	## Whether some host owns the address.
	global isMonitored: function(a: addr): bool;

	## Takes from a row when the host made it and when it came; to be called before what the row says is used.
	global row_told: function(info: ResultInfo);

	## A host was found to own an address, or no longer to.
	global host_addr_added: event(host_id: string, ip: addr);
	global host_addr_removed: event(host_id: string, ip: addr);
}

module Hosts;

export {
	## The hosts that own an address now, or did within :zeek:id:`osquery::state_removal_delay`.
	global by_address: function(a: addr): set[string];
}

function by_address(a: addr): set[string]
	{
	return osquery::getHostIDsByAddress(a);
	}

module osquery;

global host_infos: table[string] of HostInfo = table();

function row_told(info: ResultInfo)
	{
	if ( ! info?$host_time )
		info$host_time = network_time();

	if ( ! info?$arrival_time )
		info$arrival_time = network_time();

	__told(info$host, info$host_time, info$arrival_time);
	}
function getHostIDsByAddress(a: addr): set[string]
	{
	local all: set[string] = set();
	local owners = __owners(a, network_time() - state_removal_delay, network_time());

	for ( i in owners )
		add all[owners[i]];

	return all;
	}

function getHostInfoByHostID(host_id: string): HostInfo
	{
	return host_id in host_infos ? host_infos[host_id] : HostInfo($host=host_id);
	}

function getHostInfosByAddress(a: addr): vector of HostInfo
	{
	local infos: vector of HostInfo = vector();

	for ( host_id in getHostIDsByAddress(a) )
		infos += getHostInfoByHostID(host_id);

	return infos;
	}

function isMonitored(a: addr): bool
	{
	return __is_monitored(a);
	}

# At the end of a run what is scheduled comes before its time, but rows that need it are still to be written.
function is_early(told: time): bool
	{
	return network_time() < told + state_removal_delay;
	}

function address_added(host_id: string, interface: string, ip: addr, mac: string, host_time: time)
	{
	if ( host_id !in host_infos )
		host_infos[host_id] = HostInfo($host=host_id);

	local interfaces = host_infos[host_id]$interface_info;

	if ( interface !in interfaces )
		interfaces[interface] = InterfaceInfo();

	local known = interfaces[interface];
	add known$addresses[ip];

	if ( is_v4_addr(ip) )
		known$ipv4 = ip;
	else
		known$ipv6 = ip;

	if ( mac != "" )
		known$mac = mac;

	if ( __address_added(host_id, ip, host_time) )
		event host_addr_added(host_id, ip);
	}

function address_removed(host_id: string, interface: string, ip: addr, host_time: time)
	{
	if ( host_id in host_infos && interface in host_infos[host_id]$interface_info )
		delete host_infos[host_id]$interface_info[interface]$addresses[ip];

	if ( host_id in host_infos )
		for ( other, info in host_infos[host_id]$interface_info )
			if ( ip in info$addresses )
				# It has moved from one interface to another.
				return;

	__address_removed(host_id, ip, host_time);
	event host_addr_removed(host_id, ip);
	}

function updateInterface(utype: UpdateType, host_id: string, interface: string, ip: addr, mac: string)
	{
	if ( utype == REMOVE )
		address_removed(host_id, interface, ip, network_time());
	else
		address_added(host_id, interface, ip, mac, network_time());
	}

function removeHost(host_id: string)
	{
	if ( host_id !in host_infos )
		return;

	for ( interface, known in host_infos[host_id]$interface_info )
		for ( a in known$addresses )
			event host_addr_removed(host_id, a);

	__host_gone(host_id, network_time());
	delete host_infos[host_id];
	}

event osquery::host_gone(host_id: string, told: time)
	{
	# Not when it has come back meanwhile.
	if ( ! is_early(told) && host_id !in hosts )
		removeHost(host_id);
	}

event host_disconnected(host_id: string)
	{
	schedule state_removal_delay { osquery::host_gone(host_id, network_time()) };
	}

event host_heard_from(host_id: string, a: addr)
	{
	__heard_from(host_id, a, network_time());
	}

event osquery::address_row(info: ResultInfo, interface: string, address: addr)
	{
	row_told(info);

	if ( info$utype == REMOVE )
		address_removed(info$host, interface, address, info$host_time);
	else
		address_added(info$host, interface, address, "", info$host_time);
	}

event zeek_init()
	{
	subscribe(Query($ev=address_row, $utype=BOTH, $inter=correlation_interval, $query="SELECT interface, address FROM interface_addresses"));
	}
