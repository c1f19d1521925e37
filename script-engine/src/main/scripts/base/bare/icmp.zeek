##! ICMP and ICMPv6 messages.

type icmp_info: record {
	## Whether it is ICMPv6.
	v6: bool;
	itype: count;
	icode: count;
	## Bytes of ICMP payload.
	len: count;
	## Time to live or hop limit of the packet around it.
	ttl: count;
};

## What an ICMP error says of the packet that caused it.
type icmp_context: record {
	id: conn_id;
	## Length of that packet in bytes.
	len: count;
	proto: count;
	frag_offset: count;
	## Whether its header was cut short; the fields then mean nothing.
	bad_hdr_len: bool;
	bad_checksum: bool;
	MF: bool;
	DF: bool;
};

# Neighbour discovery (RFC 4861).
type icmp6_nd_prefix_info: record {
	prefix_len: count;
	L_flag: bool;
	A_flag: bool;
	valid_lifetime: interval;
	preferred_lifetime: interval;
	prefix: addr;
};

type icmp6_nd_option: record {
	otype: count;
	## In units of eight bytes.
	len: count;
	link_address: string &optional;
	prefix: icmp6_nd_prefix_info &optional;
	redirect: icmp_context &optional;
	mtu: count &optional;
	## Of options that have no field of their own here.
	payload: string &optional;
};

type icmp6_nd_options: vector of icmp6_nd_option;

# Multicast listener discovery (RFC 3810).
type icmp6_mldv2_group_type: enum {
	MLDV2_MODE_IS_INCLUDE = 1,
	MLDV2_MODE_IS_EXCLUDE = 2,
	MLDV2_CHANGE_TO_INCLUDE_MODE = 3,
	MLDV2_CHANGE_TO_EXCLUDE_MODE = 4,
	MLDV2_ALLOW_NEW_SOURCES = 5,
	MLDV2_BLOCK_OLD_SOURCES = 6
};

type icmp6_mldv2_mar: record {
	group_type: icmp6_mldv2_group_type;
	aux_data_len: count;
	num_sources: count;
	multicast_addr: addr;
	sources: addr_vec;
	aux_data: string &optional;
};

type icmp6_mldv2_mar_vec: vector of icmp6_mldv2_mar;

# Codes of "destination unreachable".
const ICMP_UNREACH_NET = 0;
const ICMP_UNREACH_HOST = 1;
const ICMP_UNREACH_PROTOCOL = 2;
const ICMP_UNREACH_PORT = 3;
const ICMP_UNREACH_NEEDFRAG = 4;
const ICMP_UNREACH_ADMIN_PROHIB = 13;
