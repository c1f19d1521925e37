##! Settings that the engine reads. ``redef`` them, or give ``name=value`` on the command line.

## Names this node in messages.
const peer_description = "zeek" &redef;

## Arguments behind ``--`` on the command line.
const zeek_script_args: vector of string = vector();

## The filter given with ``-f``.
const cmd_line_bpf_filter = "" &redef;

## Where packets are written to with ``-w``.
const trace_output_file = "";

const record_all_packets = F &redef;

## Goes on after a trace has ended, until a script terminates.
const exit_only_after_terminate = F &redef;

## Set by test runs, for output that does not change from run to run.
const running_under_test: bool = F &redef;

## Secret that goes into digests.
const digest_salt = "Please change this value." &redef;

## Makes hashes the same on every node and in every run when set.
const global_hash_seed: string = "" &redef;

## How random a uid is.
const bits_per_uid: count = 96 &redef;

## Times of day at which logs rotate are multiples of their interval counted from here.
const log_rotate_base_time = "0:00" &redef;

const max_find_all_string_length: int = 10000 &redef;

const packet_source_inactivity_timeout = 100msec &redef;
const allow_network_time_forward = T &redef;
const io_poll_interval_default = 100 &redef;
const io_poll_interval_live = 10 &redef;
const watchdog_interval = 10 sec &redef;

## Timers that may run between two packets.
const max_timer_expires = 300 &redef;

# ---- packets

## Takes packets with wrong checksums as if they were right.
const ignore_checksums = F &redef;

## The same for packets from these networks only: hosts that leave checksums to their network card.
option ignore_checksums_nets: set[subnet] = set();

## How long fragments wait for the rest.
const frag_timeout = 5 min &redef;

## Ports behind which a server is to be expected: decides who the originator is when that cannot be seen.
const likely_server_ports: set[port] &redef;

const detect_filtered_trace = F &redef;
const report_gaps_for_partial = F &redef;
const packet_filter_default = F &redef;

global capture_filters: table[string] of string &redef;
global restrict_filters: table[string] of string &redef;
global secondary_filters: table[string] of event(filter: string, pkt: pkt_hdr) &redef;

global discarder_maxlen = 128 &redef;
global discarder_check_ip: function(p: pkt_hdr): bool;
global discarder_check_tcp: function(p: pkt_hdr, d: string): bool;
global discarder_check_udp: function(p: pkt_hdr, d: string): bool;
global discarder_check_icmp: function(p: pkt_hdr): bool;

# ---- TCP

## Follows connections whose beginning was not seen.
const partial_connection_ok = T &redef;

## Takes a SYN+ACK without SYN for the beginning of a connection.
const tcp_SYN_ack_ok = T &redef;

const tcp_match_undelivered = T &redef;

## An answer to a SYN later than this makes its attempt a failed one.
const tcp_SYN_timeout = 5 secs &redef;

## How long a connection is kept after both sides closed it, in case more comes.
const tcp_connection_linger = 5 secs &redef;

## An unanswered SYN becomes :zeek:id:`connection_attempt` after this.
const tcp_attempt_delay = 5 secs &redef;

## Gives late packets a chance once a side has closed.
const tcp_close_delay = 5 secs &redef;

## The same after a RST.
const tcp_reset_delay = 5 secs &redef;

## The same when one side alone has closed.
const tcp_partial_close_delay = 3 secs &redef;

## How long after a connection's end a new one with equal ports is still told apart by its SYN.
const tcp_session_timer = 6 secs &redef;

const tcp_storm_thresh = 1000 &redef;
const tcp_storm_interarrival_thresh = 1 sec &redef;
const tcp_max_initial_window = 16384 &redef;
const tcp_max_above_hole_without_any_acks = 16384 &redef;
const tcp_excessive_data_without_further_acks = 10 * 1024 * 1024 &redef;
const tcp_max_old_segments = 0 &redef;
const ignore_keep_alive_rexmit = F &redef;

## Connections to these ports raise :zeek:id:`tcp_contents` for what the originator, or responder, sends.
const tcp_content_delivery_ports_orig: table[port] of bool = {} &redef;
const tcp_content_delivery_ports_resp: table[port] of bool = {} &redef;
const tcp_content_deliver_all_orig = F &redef;
const tcp_content_deliver_all_resp = F &redef;

## Most connections that are tracked at once; then one that was heard from one end only goes early. 0 lets the memory decide:
## one for each 4 KiB of it.
const max_connections: count = 0 &redef;

## Most bytes that TCP segments which came too early may take together; then streams are given up. 0 is a quarter of the
## memory.
const tcp_reassembly_bytes: count = 0 &redef;

## Most bytes that fragments of IP datagrams may take together; then the oldest datagram goes. 0 is an eighth of the memory,
## 64 MiB at most.
const frag_reassembly_bytes: count = 0 &redef;

# ---- UDP, ICMP

## The same for :zeek:id:`udp_contents`.
const udp_content_delivery_ports_orig: table[port] of bool = {} &redef;
const udp_content_delivery_ports_resp: table[port] of bool = {} &redef;
const udp_content_deliver_all_orig = F &redef;
const udp_content_deliver_all_resp = F &redef;

option udp_content_ports: set[port] = {};
option udp_content_delivery_ports_use_resp = F;

# ---- silence that ends a connection; 0 never does

const tcp_inactivity_timeout = 5 min &redef;
const udp_inactivity_timeout = 1 min &redef;
const icmp_inactivity_timeout = 1 min &redef;
const unknown_ip_inactivity_timeout = 1 min &redef;

## How long a connection that no analyzer looks at is kept; 0 for as long as any other.
const non_analyzed_lifetime = 0 secs &redef;

const dns_session_timeout = 10 sec &redef;
const rpc_timeout = 24 sec &redef;
const rpc_max_pending_calls = 1000 &redef;
const netbios_ssn_session_timeout: interval = 15 sec &redef;

## Counts packets and bytes of each side (``num_pkts``, ``num_bytes_ip``).
const use_conn_size_analyzer = T &redef;

# ---- protocol detection

const dpd_buffer_size = 1024 &redef;
const dpd_max_packets = 100 &redef;
const dpd_reassemble_first_packets = T &redef;
const dpd_match_only_beginning = T &redef;
const dpd_late_match_stop = F &redef;
const dpd_ignore_ports = F &redef;
const sig_max_group_size = 50 &redef;

## Violations of one analyzer in one connection that are told before it is silenced.
const max_analyzer_violations = 1000 &redef;

# ---- tables

## How often tables are looked through for entries whose time is up.
const table_expire_interval = 10 secs &redef;

## Entries looked at in one go, and the pause before the next.
const table_incremental_step = 5000 &redef;
const table_expire_delay = 0.01 secs &redef;

# ---- DNS and HTTP

global dns_skip_auth: set[addr] &redef;
global dns_skip_addl: set[addr] &redef;
global dns_skip_all_auth = T &redef;
global dns_skip_all_addl = T &redef;
global dns_max_queries = 25 &redef;
global dns_max_compression_chain_depth = 20 &redef;

global http_entity_data_delivery_size = 1500 &redef;
const skip_http_data = F &redef;
const truncate_http_URI = -1 &redef;

module EventMetadata;

export {
	const add_network_timestamp: bool = F &redef;
	const add_missing_remote_network_timestamp: bool = F &redef;
}

module ConnKey;

export {
	## What connections are told apart by.
	type ConnKey::Tag: enum {
		## Addresses, ports and protocol.
		CONNKEY_FIVETUPLE,
		## And by VLANs: see ``policy/frameworks/conn_key/vlan_fivetuple``.
		CONNKEY_VLAN_FIVETUPLE
	};

	const factory = CONNKEY_FIVETUPLE &redef;
}

module Tunnel;

export {
	## Changes of tunnel that one connection may report.
	const max_changes_per_connection: count = 5 &redef;

	## Tunnels in tunnels that are looked into.
	const max_depth: count = 4 &redef;

	## Believes in Teredo only once both sides have spoken it.
	const delay_teredo_confirmation = T &redef;

	## The same for GTP.
	const delay_gtp_confirmation = F &redef;

	## Forgets a tunnel directly on IP after this silence.
	const ip_tunnel_timeout = 24hrs &redef;

	const validate_vxlan_checksums = T &redef;
}

module Pcap;

export {
	## Bytes kept of a packet.
	const snaplen = 9216 &redef;

	## Megabytes of kernel buffer. All of it is memory of the process from the start, so a sensor with little to see begins with a
	## quarter of what Zeek takes; one that drops packets wants more.
	const bufsize = 32 &redef;

	## Bytes of buffer when reading a file.
	const bufsize_offline_bytes = 128 * 1024 &redef;

	const non_fd_timeout = 20usec &redef;

	type Pcap::Interface: record {
		name: string;
		description: string &optional;
		addrs: set[addr];
		is_loopback: bool;
		is_up: bool &optional;
		is_running: bool &optional;
	};

	type Pcap::Interfaces: set[Pcap::Interface];

	## How compiling a capture filter went.
	type Pcap::filter_state: enum {
		ok,
		fatal,
		warning
	};
}

module AF_Packet;

export {
	type AF_Packet::FanoutMode: enum {
		FANOUT_HASH,
		FANOUT_CPU,
		FANOUT_QM,
		FANOUT_CBPF,
		FANOUT_EBPF
	};

	type AF_Packet::ChecksumMode: enum {
		CHECKSUM_OFF,
		CHECKSUM_ON,
		CHECKSUM_KERNEL
	};

	## Bytes of the ring.
	const buffer_size = 128 * 1024 * 1024 &redef;

	## Bytes of one block, a multiple of the page size.
	const block_size = 4096 * 8 &redef;

	const block_timeout = 10msec &redef;
	const enable_hw_timestamping = F &redef;
	const enable_fanout = T &redef;
	const enable_defrag = F &redef;
	const fanout_mode = FANOUT_HASH &redef;
	const fanout_id = 23 &redef;
	const link_type = 1 &redef;
	const checksum_validation_mode: ChecksumMode = CHECKSUM_ON &redef;
}

module Reporter;

export {
	type Reporter::Level: enum {
		INFO = 0,
		WARNING = 1,
		ERROR = 2
	};

	const info_to_stderr = T &redef;
	const warnings_to_stderr = T &redef;
	const errors_to_stderr = T &redef;
}

module Weird;

export {
	## Never sampled.
	option sampling_whitelist: set[string] = {};

	## Sampled over all connections together.
	option sampling_global_list: set[string] = {};

	## How often a weird is told in full before sampling begins.
	option sampling_threshold: count = 25;

	## One in this many is told from then on; 0 for none.
	option sampling_rate: count = 1000;

	## After this the count begins anew.
	option sampling_duration = 10min;
}

module UnknownProtocol;

export {
	const sampling_threshold: count = 3 &redef;
	const sampling_rate: count = 100000 &redef;
	const sampling_duration = 1hr &redef;
	const first_bytes_count = 10 &redef;
}

module ConnThreshold;

export {
	## Packets, both sides together, at which every connection raises an event.
	const generic_packet_thresholds: set[count] = {} &redef;
}

module Threading;

export {
	const heartbeat_interval = 1.0 secs &redef;
}

module GLOBAL;
