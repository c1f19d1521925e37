##! Which addresses and names are one's own.

@load ./patterns

module Site;

export {
	## Addresses that mean nothing outside their own network: private, link-local, documentation, reserved and so on, and
	## the 6to4 forms (RFC 3056) of the IPv4 ones.
	option private_address_space: set[subnet] = {
		# RFC 791: this network
		0.0.0.0/8, [2002::]/24,
		# RFC 1918: private use
		10.0.0.0/8, [2002:a00::]/24,
		172.16.0.0/12, [2002:ac10::]/28,
		192.168.0.0/16, [2002:c0a8::]/32,
		# RFC 6598: shared between a provider and its customers
		100.64.0.0/10, [2002:6440::]/26,
		# RFC 1122: loopback
		127.0.0.0/8, [2002:7f00::]/24,
		# RFC 3927: link-local
		169.254.0.0/16, [2002:a9fe::]/32,
		# RFC 6890: protocol assignments
		192.0.0.0/24, [2002:c000::]/40,
		# RFC 5737: documentation
		192.0.2.0/24, [2002:c000:200::]/40,
		198.51.100.0/24, [2002:c633:6400::]/40,
		203.0.113.0/24, [2002:cb00:7100::]/40,
		# RFC 2544: benchmarks
		198.18.0.0/15, [2002:c612::]/31,
		# RFC 5771 and RFC 2365: multicast on the link, within a site
		224.0.0.0/24, [2002:e000::]/40,
		239.0.0.0/8, [2002:ef00::]/24,
		# RFC 1112: reserved
		240.0.0.0/4, [2002:f000::]/20,
		# RFC 919: broadcast
		255.255.255.255/32, [2002:ffff:ffff::]/48,

		# RFC 4291: unspecified, loopback, link-local
		[::]/128, [::1]/128, [fe80::]/10,
		# RFC 8215: translation to IPv4
		[64:ff9b:1::]/48,
		# RFC 6666: discard
		[100::]/64,
		# RFC 2928: protocol assignments
		[2001::]/23,
		# RFC 5180: benchmarks
		[2001:2::]/48,
		# RFC 3849: documentation
		[2001:db8::]/32,
		# RFC 4193: unique local
		[fc00::]/7,
		# RFC 3879: site-local, no longer used
		[fec0::]/10
	};

	## One's own networks.
	option local_nets: set[subnet] = {};

	## Counts :zeek:id:`Site::private_address_space` among them.
	const private_address_space_is_local = T &redef;

	## Each of one's own networks by itself: tells for an address which one it belongs to.
	global local_nets_table: table[subnet] of subnet = {};

	option neighbor_nets: set[subnet] = {};

	## Who is responsible for a network, by mail address.
	option local_admins: table[subnet] of set[string] = {};

	## One's own DNS zones.
	option local_zones: set[string] = {};

	option neighbor_zones: set[string] = {};

	global is_local_addr: function(a: addr): bool;
	global is_neighbor_addr: function(a: addr): bool;
	global is_private_addr: function(a: addr): bool;
	global is_local_name: function(name: string): bool;
	global is_neighbor_name: function(name: string): bool;

	## The mail addresses of everyone responsible for an address, commas between.
	global get_emails: function(a: addr): string;
}

# Match names within the zones; at first nothing.
global local_zone_names: pattern = /MATCH_NOTHING/;
global neighbor_zone_names: pattern = /MATCH_NOTHING/;

# Set while a change of the private addresses is carried over: local_nets is complete then.
global carrying_over = F;

function is_local_addr(a: addr): bool
	{
	return a in local_nets;
	}

function is_neighbor_addr(a: addr): bool
	{
	return a in neighbor_nets;
	}

function is_private_addr(a: addr): bool
	{
	return a in private_address_space;
	}

function is_local_name(name: string): bool
	{
	return local_zone_names in name;
	}

function is_neighbor_name(name: string): bool
	{
	return neighbor_zone_names in name;
	}

function get_emails(a: addr): string
	{
	local emails: set[string] = set();

	for ( net, admins in local_admins )
		if ( a in net )
			for ( email in admins )
				if ( email != "" )
					add emails[email];

	return join_string_set(emails, ", ");
	}

function zone_pattern(zones: set[string]): pattern
	{
	return set_to_regex(zones, "(^\\.?|\\.)(~~)$");
	}

# The functions below are called before the option they are named after changes, and return its new value.

function local_nets_change(id: string, nets: set[subnet]): set[subnet]
	{
	local all = private_address_space_is_local && ! carrying_over ? nets | private_address_space : nets;

	local_nets_table = table();

	for ( net in all )
		local_nets_table[net] = net;

	return all;
	}

function local_zones_change(id: string, zones: set[string]): set[string]
	{
	local_zone_names = zone_pattern(zones);
	return zones;
	}

function neighbor_zones_change(id: string, zones: set[string]): set[string]
	{
	neighbor_zone_names = zone_pattern(zones);
	return zones;
	}

function private_address_space_change(id: string, nets: set[subnet]): set[subnet]
	{
	local kept = (local_nets | private_address_space) - (private_address_space - nets);

	carrying_over = T;
	Option::set("Site::local_nets", kept | nets, "<skip-config-log>");
	carrying_over = F;
	return nets;
	}

event zeek_init() &priority=10
	{
	# Behind the handlers of others, which may still change the value.
	Option::set_change_handler("Site::local_nets", local_nets_change, -5);
	Option::set_change_handler("Site::local_zones", local_zones_change, -5);
	Option::set_change_handler("Site::neighbor_zones", neighbor_zones_change, -5);

	if ( private_address_space_is_local )
		{
		Option::set_change_handler("Site::private_address_space", private_address_space_change, -5);
		private_address_space_change("Site::private_address_space", private_address_space);
		}
	else
		local_nets_change("Site::local_nets", local_nets);

	local_zones_change("Site::local_zones", local_zones);
	neighbor_zones_change("Site::neighbor_zones", neighbor_zones);
	}
