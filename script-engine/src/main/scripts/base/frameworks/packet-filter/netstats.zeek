##! A notice when the kernel had to drop packets.

@load base/frameworks/notice

module PacketFilter;

export {
	redef enum Notice::Type += {
		## Packets were lost on their way to us.
		Dropped_Packets
	};

	## Between two looks.
	const stats_collection_interval = 5min;
}

event net_stats_update(last_stat: NetStats)
	{
	local now = get_net_stats();
	local dropped = now$pkts_dropped - last_stat$pkts_dropped;

	if ( dropped > 0 )
		{
		local received = now$pkts_recvd - last_stat$pkts_recvd;
		local on_link = now$pkts_link - last_stat$pkts_link;
		local more = on_link == 0 ? "" : fmt(", %d on link", on_link);
		NOTICE(Notice::Info($note=Dropped_Packets,
			$msg=fmt("%d packets dropped after filtering, %d received%s", dropped, received + dropped, more)));
		}

	schedule stats_collection_interval { net_stats_update(now) };
	}

event zeek_init()
	{
	if ( reading_live_traffic() )
		schedule stats_collection_interval { net_stats_update(get_net_stats()) };
	}
