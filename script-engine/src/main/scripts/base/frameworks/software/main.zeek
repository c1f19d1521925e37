##! Software and its versions, on the hosts that run it. Scripts that see some call :zeek:id:`Software::found`; what is new on a
##! host is a row of software.log. What the network tells of itself is a text, which is taken apart in parse.zeek.

@load base/utils/directions-and-hosts
@load base/utils/numbers
@load base/frameworks/cluster

module Software;

export {
	redef enum Log::ID += { LOG };

	global log_policy: Log::PolicyHook;

	## Kinds of software. Scripts add their own.
	type Software::Type: enum {
		UNKNOWN
	};

	type Software::Version: record {
		major: count &optional;
		minor: count &optional;
		minor2: count &optional;
		minor3: count &optional;
		## What follows the numbers, such as ``beta42``.
		addl: string &optional;
	} &log;

	## Some software on a host, and a row of software.log.
	type Software::Info: record {
		ts: time &log &optional;
		host: addr &log;
		## Where a server listens.
		host_p: port &log &optional;
		software_type: Type &log &default=UNKNOWN;
		name: string &log &optional;
		version: Version &log &optional;
		## The text that name and version were taken from.
		unparsed_version: string &log &optional;
		## Write it even if it was written before.
		force_log: bool &default=F;
	};

	## Whose software is of interest.
	option asset_tracking = LOCAL_HOSTS;

	## How long a text that was taken apart is remembered after it was met last.
	const parse_cache_interval = 65secs &redef;

	## How long the same is not told again by this node; 0 secs tells it each time.
	const found_cache_interval = 10mins &redef;

	## More versions of one software on one host than this, and those known before are forgotten; 0 is no limit.
	const max_software_cache_size = 20 &redef;

	## Software was seen: with name and version, or with ``unparsed_version``. Returns F if it is of no interest.
	global found: function(id: conn_id, info: Info): bool;

	## Less than 0 if the first is older, greater than 0 if it is newer. What is not known is older than what is.
	global cmp_versions: function(v1: Version, v2: Version): int;

	## Names that stand for others.
	global alternate_names: table[string] of string = {
		["Flash Player"] = "Flash"
	} &default=function(name: string): string { return name; };

	## The versions of one software on a host, and the last one that was seen.
	type Software::Set: record {
		versions: set[string];
		last: Info &optional;
	};

	## By name.
	type Software::SoftwareSets: table[string] of Set;

	## What is known of hosts. Each is written anew after a day.
	global tracked_software: table[addr] of SoftwareSets &create_expire=1day;

	## A row of software.log.
	global log_software: event(rec: Info);

	## A host has another version of some software than the last time.
	global version_change: event(old: Info, new: Info);

	## Software is about to be looked up among what is known of its host.
	global register: event(info: Info);
}

# What is read out of a text.
type Description: record {
	name: string;
	version: Version;
	unparsed_version: string;
};

@load ./parse

global parse_cache: table[string] of Description;
global found_cache: set[Info];

event zeek_init() &priority=5
	{
	# Not where they are declared: what the intervals are redefined to is known now.
	parse_cache = table() &read_expire=parse_cache_interval;
	if ( found_cache_interval > 0secs )
		found_cache = set() &create_expire=found_cache_interval;

	Log::create_stream(LOG, Log::Stream($columns=Info, $ev=log_software, $path="software", $policy=log_policy));
	}

# ---- versions

function numbers_of(v: Version): vector of int
	{
	return vector(v?$major ? v$major : -1, v?$minor ? v$minor : -1,
	    v?$minor2 ? v$minor2 : -1, v?$minor3 ? v$minor3 : -1);
	}

function cmp_versions(v1: Version, v2: Version): int
	{
	local a = numbers_of(v1);
	local b = numbers_of(v2);

	for ( i in a )
		if ( a[i] != b[i] )
			return a[i] < b[i] ? -1 : 1;

	if ( v1?$addl && v2?$addl )
		return strcmp(v1$addl, v2$addl);

	return v1?$addl ? 1 : (v2?$addl ? -1 : 0);
	}

# As "1.2.3-beta".
function software_fmt_version(v: Version): string &is_used
	{
	local text = v?$major ? cat(v$major) : "0";
	if ( v?$minor )
		text += fmt(".%d", v$minor);
	if ( v?$minor2 )
		text += fmt(".%d", v$minor2);
	if ( v?$minor3 )
		text += fmt(".%d", v$minor3);

	return v?$addl ? text + "-" + v$addl : text;
	}

# With its name.
function software_fmt(i: Info): string &is_used
	{
	return i$name + " " + software_fmt_version(i$version);
	}

# What makes a version the same.
function version_key(info: Info): string
	{
	if ( info?$unparsed_version )
		return info$unparsed_version;

	return info?$version ? software_fmt_version(info$version) : "<unknown>";
	}

# ---- what is found

function parse_with_cache(unparsed_version: string): Description
	{
	if ( unparsed_version !in parse_cache )
		parse_cache[unparsed_version] = parse(unparsed_version);

	return parse_cache[unparsed_version];
	}

# On the node that keeps what is known of the host.
event Software::new(info: Info)
	{
	if ( ! info?$version )
		{
		local d = parse_with_cache(info$unparsed_version);
		info$name = d$name;
		info$version = d$version;
		}

	event register(info);
	}

event register(info: Info)
	{
	if ( info$host !in tracked_software )
		tracked_software[info$host] = SoftwareSets();

	local known = tracked_software[info$host];
	local key = version_key(info);

	if ( info$name !in known )
		known[info$name] = Set();

	local all = known[info$name];
	if ( key in all$versions )
		{
		if ( info$force_log )
			Log::write(LOG, info);

		return;
		}

	if ( all?$last )
		event version_change(all$last, info);

	add all$versions[key];
	all$last = info;

	if ( max_software_cache_size > 0 && |all$versions| > max_software_cache_size )
		all$versions = set(key);

	Log::write(LOG, info);
	}

# Hands it to the node that keeps what is known of the host: a proxy, or the manager where there is none.
function hand_on(info: Info)
	{
	if ( ! Cluster::is_enabled() )
		event Software::new(info);
	else if ( Cluster::hrw_topic(Cluster::proxy_pool, info$host) != "" )
		Cluster::publish_hrw(Cluster::proxy_pool, info$host, Software::new, info);
	else if ( Cluster::local_node_type() == Cluster::MANAGER )
		event Software::new(info);
	else
		Cluster::publish(Cluster::manager_topic, Software::new, info);
	}

function found(id: conn_id, info: Info): bool
	{
	if ( ! info$force_log && ! addr_matches_host(info$host, asset_tracking) )
		return F;

	if ( found_cache_interval > 0secs )
		{
		if ( info in found_cache )
			return T;

		add found_cache[info];
		}

	if ( info?$version && ! info?$name )
		{
		Reporter::error("Software::found was given a version without a name");
		return F;
		}

	if ( ! info?$version && ! info?$unparsed_version )
		{
		Reporter::error("Software::found was given neither a version nor an unparsed one");
		return F;
		}

	if ( ! info?$ts )
		info$ts = network_time();

	hand_on(info);
	return T;
	}
