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
global owners: table[addr] of set[string] = table();

# When a host was last told to own an address: a removal that was scheduled before does not count.
global owned_since: table[string, addr] of time = table();

function getHostIDsByAddress(a: addr): set[string]
	{
	if ( a in owners )
		return owners[a];

	return set();
	}

function getHostInfosByAddress(a: addr): vector of HostInfo
	{
	local infos: vector of HostInfo = vector();

	for ( host_id in getHostIDsByAddress(a) )
		infos += host_infos[host_id];

	return infos;
	}

function getHostInfoByHostID(host_id: string): HostInfo
	{
	return host_id in host_infos ? host_infos[host_id] : HostInfo($host=host_id);
	}

function isMonitored(a: addr): bool
	{
	return a in owners;
	}

# Every host has these; they tell nobody apart.
function is_everyones(a: addr): bool
	{
	return a in 127.0.0.0/8 || a == [::1] || a == 0.0.0.0 || a == [::];
	}

# At the end of a run what is scheduled comes before its time, but rows that need it are still to be written.
function is_early(told: time): bool
	{
	return network_time() < told + state_removal_delay;
	}

function forget_address(host_id: string, a: addr)
	{
	delete owned_since[host_id, a];

	if ( a !in owners || host_id !in owners[a] )
		return;

	delete owners[a][host_id];

	if ( |owners[a]| == 0 )
		delete owners[a];

	event host_addr_removed(host_id, a);
	}

event osquery::address_gone(host_id: string, interface: string, a: addr, told: time)
	{
	if ( is_early(told) || [host_id, a] in owned_since && owned_since[host_id, a] > told )
		return;

	if ( host_id in host_infos && interface in host_infos[host_id]$interface_info )
		delete host_infos[host_id]$interface_info[interface]$addresses[a];

	forget_address(host_id, a);
	}

function updateInterface(utype: UpdateType, host_id: string, interface: string, ip: addr, mac: string)
	{
	if ( utype == REMOVE )
		{
		schedule state_removal_delay { osquery::address_gone(host_id, interface, ip, network_time()) };
		return;
		}

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

	if ( is_everyones(ip) )
		return;

	owned_since[host_id, ip] = network_time();

	if ( ip !in owners )
		owners[ip] = set();

	if ( host_id !in owners[ip] )
		{
		add owners[ip][host_id];
		event host_addr_added(host_id, ip);
		}
	}

function removeHost(host_id: string)
	{
	if ( host_id !in host_infos )
		return;

	for ( interface, known in host_infos[host_id]$interface_info )
		for ( a in known$addresses )
			forget_address(host_id, a);

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

event osquery::address_row(info: ResultInfo, interface: string, address: addr)
	{
	updateInterface(info$utype, info$host, interface, address, "");
	}

event zeek_init()
	{
	subscribe(Query($ev=address_row, $utype=BOTH, $inter=correlation_interval, $query="SELECT interface, address FROM interface_addresses"));
	}
