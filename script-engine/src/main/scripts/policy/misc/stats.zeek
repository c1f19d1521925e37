##! stats.log: what the engine had to do and how it coped, every few minutes.

@load base/frameworks/telemetry
@load base/utils/time

module Stats;

export {
	redef enum Log::ID += { LOG };

	## Decides which rows are written.
	global log_policy: Log::PolicyHook;

	## Between two rows.
	option report_interval = 5min;

	type Stats::Info: record {
		ts: time &log;
		peer: string &log;
		## Mebibytes.
		mem: count &log;

		# Since the last row:

		pkts_proc: count &log;
		bytes_recv: count &log;
		## Lost before they came here. This and the next three only for live traffic.
		pkts_dropped: count &log &optional;
		## Seen by the interface.
		pkts_link: count &log &optional;
		## How far network time is behind the clock.
		pkt_lag: interval &log &optional;
		## Let through by the capture filter.
		pkts_filtered: count &log &optional;
		events_proc: count &log;
		events_queued: count &log;

		## Tracked right now.
		active_tcp_conns: count &log;
		active_udp_conns: count &log;
		active_icmp_conns: count &log;

		## Begun since the last row.
		tcp_conns: count &log;
		udp_conns: count &log;
		icmp_conns: count &log;

		## Set since the last row.
		timers: count &log;
		## Set right now.
		active_timers: count &log;

		files: count &log;
		active_files: count &log;
		dns_requests: count &log;
		active_dns_requests: count &log;

		## Bytes held right now.
		reassem_tcp_size: count &log;
		reassem_file_size: count &log;
		reassem_frag_size: count &log;
		reassem_unknown_size: count &log;

		# What was given up since the last row for want of memory, as in a flood:

		## Connections ended early, and packets that began none.
		conns_given_up: count &log;
		## TCP streams.
		streams_given_up: count &log;
		## Datagrams of which fragments came.
		datagrams_given_up: count &log;
	};

	## A row of stats.log.
	global log_stats: event(rec: Info);
}

# All counters at one time.
type Sample: record {
	ts: time;
	net: NetStats;
	conns: ConnStats;
	events: EventStats;
	reassembly: ReassemblerStats;
	timers: TimerStats;
	files: FileAnalysisStats;
	dns: DNSStats;
	overload: OverloadStats;
};

function sample(): Sample
	{
	return Sample($ts=network_time(), $net=get_net_stats(), $conns=get_conn_stats(), $events=get_event_stats(),
		$reassembly=get_reassembler_stats(), $timers=get_timer_stats(), $files=get_file_analysis_stats(),
		$dns=get_dns_stats(), $overload=get_overload_stats());
	}

function info(now: Sample, last: Sample): Info
	{
	local c = now$conns;
	local lc = last$conns;
	local r = now$reassembly;
	local o = now$overload;
	local lo = last$overload;
	local row = Info(
		$ts=now$ts,
		$peer=peer_description,
		$mem=get_proc_stats()$mem / 1048576,
		$pkts_proc=now$net$pkts_recvd - last$net$pkts_recvd,
		$bytes_recv=now$net$bytes_recvd - last$net$bytes_recvd,
		$events_proc=now$events$dispatched - last$events$dispatched,
		$events_queued=now$events$queued - last$events$queued,
		$active_tcp_conns=c$num_tcp_conns,
		$active_udp_conns=c$num_udp_conns,
		$active_icmp_conns=c$num_icmp_conns,
		$tcp_conns=c$cumulative_tcp_conns - lc$cumulative_tcp_conns,
		$udp_conns=c$cumulative_udp_conns - lc$cumulative_udp_conns,
		$icmp_conns=c$cumulative_icmp_conns - lc$cumulative_icmp_conns,
		$timers=now$timers$cumulative - last$timers$cumulative,
		$active_timers=now$timers$current,
		$files=now$files$cumulative - last$files$cumulative,
		$active_files=now$files$current,
		$dns_requests=now$dns$requests - last$dns$requests,
		$active_dns_requests=now$dns$pending,
		$reassem_tcp_size=r$tcp_size,
		$reassem_file_size=r$file_size,
		$reassem_frag_size=r$frag_size,
		$reassem_unknown_size=r$unknown_size,
		$conns_given_up=o$evicted_conns + o$refused_conns - lo$evicted_conns - lo$refused_conns,
		$streams_given_up=o$streams - lo$streams,
		$datagrams_given_up=o$datagrams - lo$datagrams);

	if ( reading_live_traffic() )
		{
		row$pkt_lag = get_packet_lag();
		row$pkts_dropped = now$net$pkts_dropped - last$net$pkts_dropped;
		row$pkts_link = now$net$pkts_link - last$net$pkts_link;

		if ( now$net?$pkts_filtered && last$net?$pkts_filtered )
			row$pkts_filtered = now$net$pkts_filtered - last$net$pkts_filtered;
		}

	return row;
	}

event zeek_init() &priority=5
	{
	Log::create_stream(Stats::LOG, Log::Stream($columns=Info, $ev=log_stats, $path="stats", $policy=log_policy));
	}

event check_stats(last: Sample)
	{
	local now = sample();
	Log::write(Stats::LOG, info(now, last));

	if ( ! zeek_is_terminating() )
		schedule report_interval { check_stats(now) };
	}

event zeek_init()
	{
	schedule report_interval { check_stats(sample()) };
	}
