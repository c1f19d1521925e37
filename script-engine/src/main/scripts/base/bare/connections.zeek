##! Connections as scripts see them. The engine writes the first fields of these records itself: their order is fixed.

## Where a connection's addresses are valid. Empty unless a script adds to it: VLANs, tunnels, tenants.
type conn_id_ctx: record { };

## Who talks to whom.
type conn_id: record {
	## Address of the originator.
	orig_h: addr &log;
	## Port of the originator; for ICMP its type.
	orig_p: port &log;
	## Address of the responder.
	resp_h: addr &log;
	## Port of the responder; for ICMP its code.
	resp_p: port &log;
	## IP protocol number; 65535 when not known.
	proto: count &default=65535;
	## Tells connections with equal addresses and ports apart.
	ctx: conn_id_ctx &log &default=conn_id_ctx();
};

## A packet's addresses and ports, without saying who began.
type flow_id: record {
	src_h: addr;
	src_p: port;
	dst_h: addr;
	dst_p: port;
} &log;

## One side of a connection.
type endpoint: record {
	## Payload bytes sent; for TCP counted by sequence numbers.
	size: count;
	## One of the ``TCP_*`` or ``UDP_*`` states below.
	state: count;
	## Packets sent.
	num_pkts: count &optional;
	## Bytes sent, IP headers included.
	num_bytes_ip: count &optional;
	## IPv6 flow label last seen; 0 for IPv4.
	flow_label: count;
	## Link-layer address, when the link has one.
	l2_addr: string &optional;
};

module Tunnel;

export {
	## The connection, or mere pair of addresses, that carries another.
	type Tunnel::EncapsulatingConn: record {
		cid: conn_id;
		tunnel_type: Tunnel::Type;
		## Of the carrying connection; unset for tunnels directly on IP.
		uid: string &optional;
	} &log;
}

module GLOBAL;

## Outermost tunnel first.
type EncapsulatingConnVector: vector of Tunnel::EncapsulatingConn;

## A connection. There is one record per connection, shared by all events, and it changes as packets come.
type connection: record {
	id: conn_id;
	orig: endpoint;
	resp: endpoint;
	## Network time of its first packet.
	start_time: time;
	## From the first to the last packet.
	duration: interval;
	## Protocols found inside, in capital letters; ``-NAME`` for one that was given up.
	service: set[string] &ordered;
	## What each side sent, one letter per kind.
	history: string;
	## Unique identifier, the same in every log.
	uid: string;
	## What carries it, when it came through a tunnel.
	tunnel: EncapsulatingConnVector &optional;
	## Outer VLAN.
	vlan: int &optional;
	## Inner VLAN of a double tag.
	inner_vlan: int &optional;
};

## Looks at a connection that is about to be dropped for inactivity; ``break`` keeps it for another period.
global connection_timing_out: hook(c: connection);

## The first packet of a TCP connection, in detail.
type SYN_packet: record {
	is_orig: bool;
	## Don't-fragment flag.
	DF: bool;
	ttl: count;
	## Length of the packet as its IP header gives it.
	size: count;
	win_size: count;
	## -1 without that option.
	win_scale: int;
	## 0 without that option.
	MSS: count;
	SACK_OK: bool;
	TSval: count &optional;
	TSecr: count &optional;
};

module TCP;

export {
	## A TCP option. What is set depends on its kind.
	type TCP::Option: record {
		kind: count;
		length: count;
		data: string &optional;
		mss: count &optional;
		window_scale: count &optional;
		sack: index_vec &optional;
		send_timestamp: count &optional;
		echo_timestamp: count &optional;
		rate: count &optional;
		ttl_diff: count &optional;
		qs_nonce: count &optional;
	};

	type TCP::OptionList: vector of TCP::Option;

	## An option as it stands in the header.
	type TCP::RawOption: record {
		kind: count;
		## What is behind kind and length.
		data: string;
	};

	type TCP::RawOptionList: vector of TCP::RawOption;
}

module GLOBAL;

# Values of endpoint$state for TCP.
const TCP_INACTIVE = 0;
const TCP_SYN_SENT = 1;
const TCP_SYN_ACK_SENT = 2;
const TCP_PARTIAL = 3;
const TCP_ESTABLISHED = 4;
const TCP_CLOSED = 5;
const TCP_RESET = 6;

# And for UDP.
const UDP_INACTIVE = 0;
const UDP_ACTIVE = 1;

# Directions for set_contents_file().
const CONTENTS_NONE = 0;
const CONTENTS_ORIG = 1;
const CONTENTS_RESP = 2;
const CONTENTS_BOTH = 3;

const ENDIAN_UNKNOWN = 0;
const ENDIAN_LITTLE = 1;
const ENDIAN_BIG = 2;
const ENDIAN_CONFUSED = 3;
