##! multicast_participants.log: for each connection to a multicast group, who had joined the group while it lasted.

@load base/protocols/conn
@load base/packet-protocols/igmp/types

module Conn;

export {
	redef enum Log::ID += { MULTICAST_PARTICIPANTS_LOG };

	## Decides which rows are written.
	global log_policy_multicast: Log::PolicyHook;

	type Conn::MulticastParticipantsInfo: record {
		## Beginning and uid of the connection.
		ts: time &log;
		cid: string &log;
		orig_h: addr &log;
		group_addr: addr &log;
		group_p: port &log;
		participants: set[addr] &log;
	};

	## A row of multicast_participants.log.
	global log_multicast: event(rec: MulticastParticipantsInfo);

	## Groups that are remembered; 0 for any number. Anybody can make them up.
	const max_igmp_groups: count = 500 &redef;

	## Members of a group that are remembered; 0 for any number.
	const max_igmp_sources_per_group: count = 500 &redef;
}

redef record connection += {
	# Members of the group it goes to.
	multicast_srcs: set[addr] &optional;
};

# Live connections to each group.
global multicast_conns: table[addr] of set[conn_id];

# Members of each group.
global igmp_group_sources: table[addr] of set[addr];

event zeek_init() &priority=5
	{
	Log::create_stream(Conn::MULTICAST_PARTICIPANTS_LOG, Log::Stream($columns=MulticastParticipantsInfo,
		$ev=log_multicast, $path="multicast_participants", $policy=log_policy_multicast));
	}

hook multicast_removal_hook(c: connection)
	{
	local group = c$id$resp_h;

	if ( c?$multicast_srcs && |c$multicast_srcs| > 0 )
		Log::write(Conn::MULTICAST_PARTICIPANTS_LOG, MulticastParticipantsInfo($ts=c$start_time, $cid=c$uid,
			$orig_h=c$id$orig_h, $group_addr=group, $group_p=c$id$resp_p, $participants=c$multicast_srcs));

	if ( group !in multicast_conns )
		return;

	delete multicast_conns[group][c$id];

	if ( |multicast_conns[group]| == 0 )
		delete multicast_conns[group];
	}

event new_connection(c: connection)
	{
	local group = c$id$resp_h;

	if ( group !in 224.0.0.0/4 )
		return;

	if ( group !in multicast_conns )
		multicast_conns[group] = set();

	add multicast_conns[group][c$id];
	c$multicast_srcs = group in igmp_group_sources ? copy(igmp_group_sources[group]) : set();
	Conn::register_removal_hook(c, multicast_removal_hook);
	}

function joined(source: addr, group: addr)
	{
	if ( group !in igmp_group_sources )
		{
		if ( max_igmp_groups > 0 && |igmp_group_sources| >= max_igmp_groups )
			{
			Reporter::net_weird("igmp_max_groups_exceeded");
			return;
			}

		igmp_group_sources[group] = set();
		}

	if ( max_igmp_sources_per_group > 0 && |igmp_group_sources[group]| >= max_igmp_sources_per_group )
		{
		Reporter::net_weird("igmp_max_sources_exceeded", cat(group));
		return;
		}

	add igmp_group_sources[group][source];

	if ( group !in multicast_conns )
		return;

	for ( cid in multicast_conns[group] )
		{
		local c = lookup_connection(cid);

		if ( c?$multicast_srcs )
			add c$multicast_srcs[source];
		}
	}

function left(source: addr, group: addr)
	{
	if ( group !in igmp_group_sources )
		return;

	delete igmp_group_sources[group][source];

	if ( |igmp_group_sources[group]| == 0 )
		delete igmp_group_sources[group];
	}

event IGMP::membership_report_v1(source: addr, group_addr: addr)
	{
	joined(source, group_addr);
	}

event IGMP::membership_report_v2(source: addr, group_addr: addr)
	{
	joined(source, group_addr);
	}

event IGMP::membership_report_v3(source: addr, groups: vector of IGMP::Group)
	{
	for ( _, g in groups )
		{
		# "All but no source" is everything; "only from no source" is nothing.
		local wants_all = g$num_sources == 0
			&& (g$group_type == IGMP::MODE_IS_EXCLUDE || g$group_type == IGMP::CHANGE_TO_EXCLUDE_MODE);

		if ( wants_all || g$group_type == IGMP::ALLOW_NEW_SOURCES || g$group_type == IGMP::MODE_IS_INCLUDE )
			joined(source, g$multicast_addr);
		else if ( g$num_sources == 0 && g$group_type == IGMP::CHANGE_TO_INCLUDE_MODE )
			left(source, g$multicast_addr);
		}
	}

event IGMP::leave_group(source: addr, group_addr: addr)
	{
	left(source, group_addr);
	}
