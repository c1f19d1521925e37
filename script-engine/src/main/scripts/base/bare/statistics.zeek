##! Counters that the engine hands out.

type NetStats: record {
	pkts_recvd: count &default=0;
	pkts_dropped: count &default=0;
	pkts_link: count &default=0;
	bytes_recvd: count &default=0;
	pkts_filtered: count &optional;
};

type ConnStats: record {
	total_conns: count;
	current_conns: count;
	sess_current_conns: count;

	num_packets: count;
	num_fragments: count;
	max_fragments: count;

	num_tcp_conns: count;
	max_tcp_conns: count;
	cumulative_tcp_conns: count;

	num_udp_conns: count;
	max_udp_conns: count;
	cumulative_udp_conns: count;

	num_icmp_conns: count;
	max_icmp_conns: count;
	cumulative_icmp_conns: count;

	num_packets_unprocessed: count;
	killed_by_inactivity: count;
};

type ProcStats: record {
	debug: bool;
	start_time: time;
	real_time: interval;
	user_time: interval;
	system_time: interval;
	## Bytes.
	mem: count;
	minor_faults: count;
	major_faults: count;
	num_swap: count;
	blocking_input: count;
	blocking_output: count;
	num_context: count;
};

type EventStats: record {
	queued: count;
	dispatched: count;
};

type ReassemblerStats: record {
	file_size: count;
	frag_size: count;
	tcp_size: count;
	unknown_size: count;
};

## What was given up for want of memory.
type OverloadStats: record {
	## Connections that ended early, since there were more than :zeek:id:`max_connections`.
	evicted_conns: count;
	## Packets without a connection that got none, for the same reason.
	refused_conns: count;
	## TCP streams no longer put in order, since all of them together held more than :zeek:id:`tcp_reassembly_bytes`.
	streams: count;
	## Datagrams of which fragments came, since these took more than :zeek:id:`frag_reassembly_bytes`.
	datagrams: count;
};

type MatcherStats: record {
	matchers: count;
	nfa_states: count;
	dfa_states: count;
	computed: count;
	mem: count;
	hits: count;
	misses: count;
};

type TimerStats: record {
	current: count;
	max: count;
	cumulative: count;
};

type FileAnalysisStats: record {
	current: count;
	max: count;
	cumulative: count;
};

type ThreadStats: record {
	num_threads: count;
};

type GapStats: record {
	ack_events: count;
	ack_bytes: count;
	gap_events: count;
	gap_bytes: count;
};

type DNSStats: record {
	requests: count;
	successful: count;
	failed: count;
	pending: count;
	cached_hosts: count;
	cached_addresses: count;
	cached_texts: count;
	cached_total: count;
};

type weirds_by_type_table: table[string] of count;

type ReporterStats: record {
	weirds: count;
	weirds_by_type: weirds_by_type_table;
};

type EventNameCounter: record {
	name: string &log;
	times_called: count &log;
} &log;

type EventNameStats: vector of EventNameCounter;

type endpoint_stats: record {
	num_pkts: count;
	num_rxmit: count;
	num_rxmit_bytes: count;
	num_in_order: count;
	num_OO: count;
	num_repl: count;
	endian_type: count;
};

type var_sizes: table[string] of count;

type entropy_test_result: record {
	entropy: double;
	chi_square: double;
	mean: double;
	monte_carlo_pi: double;
	serial_correlation: double;
};

type geo_location: record {
	country_code: string &optional;
	region: string &optional;
	city: string &optional;
	latitude: double &optional;
	longitude: double &optional;
} &log;

type geo_autonomous_system: record {
	number: count &optional;
	organization: string &optional;
} &log;
