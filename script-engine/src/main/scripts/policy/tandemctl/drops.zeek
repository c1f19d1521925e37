##! A notice when the kernel drops packets because they are not taken fast enough.

@load base/frameworks/notice

module Capture;

export {
	redef enum Notice::Type += {
		## More than :zeek:id:`Capture::most_dropped` of the packets of the last interval were dropped.
		Packets_Dropped,
	};

	## How often to look at the counters.
	option drop_interval = 10sec;

	## Part of the packets that may be dropped without a notice.
	option most_dropped = 0.001;
}

event Capture::look_at_drops(last: NetStats)
	{
	local now = get_net_stats();
	local received = now$pkts_link >= last$pkts_link ? now$pkts_link - last$pkts_link : 0;
	local dropped = now$pkts_dropped >= last$pkts_dropped ? now$pkts_dropped - last$pkts_dropped : 0;

	if ( dropped > 0 && dropped > most_dropped * received )
		NOTICE([$note=Packets_Dropped,
		        $msg=fmt("%d of %d packets dropped in the last %s", dropped, received, drop_interval),
		        $identifier=cat(dropped), $suppress_for=0sec]);

	schedule drop_interval { Capture::look_at_drops(now) };
	}

event zeek_init()
	{
	if ( reading_live_traffic() )
		schedule drop_interval { Capture::look_at_drops(get_net_stats()) };
	}
