##! conn.log: one row per connection, written when it ends.

@load base/utils/site
@load base/utils/strings

module Conn;

export {
	redef enum Log::ID += { LOG };

	## Decides which rows are written.
	global log_policy: Log::PolicyHook;

	type Conn::Info: record {
		## Network time of the first packet.
		ts: time &log;
		uid: string &log;
		id: conn_id &log;
		proto: transport_proto &log;
		## Protocols found inside, in small letters, commas between.
		service: string &log &optional;
		## From the first to the last packet; unset when there was only one.
		duration: interval &log &optional;
		## Payload bytes; for TCP by sequence numbers, so they may count what was never seen.
		orig_bytes: count &log &optional;
		resp_bytes: count &log &optional;
		## How it went, in one word:
		##
		## S0      an attempt without answer
		## S1      established, not closed
		## SF      established and closed as it should be
		## REJ     an attempt that was refused
		## S2, S3  established; originator, responder closed, and the other side never answered that
		## RSTO, RSTR  aborted by the originator, the responder
		## RSTOS0  SYN and then RST from the originator, nothing from the responder
		## RSTRH   SYN+ACK and then RST from the responder, nothing from the originator
		## SH, SHR opened and closed by one side, originator or responder, and nothing from the other
		## OTH     none of these: the beginning was not seen
		conn_state: string &log &optional;
		## Whether the originator's address is one of :zeek:id:`Site::local_nets`; unset when those are not known.
		local_orig: bool &log &optional;
		local_resp: bool &log &optional;
		## Bytes in gaps: acknowledged but not captured.
		missed_bytes: count &log &default=0;
		## What each side sent, in order, one letter each: capital for the originator, small for the responder.
		##
		## s SYN, h SYN+ACK, a ACK alone, d data, f FIN, r RST, c wrong checksum, g gap, t retransmission,
		## w zero window, i inconsistent (FIN and RST), q several flags, x analysis was stopped;
		## ``^`` when the two sides were exchanged. Letters s, d and so on come once, those that count something
		## again at the 10th, 100th time.
		history: string &log &optional;
		orig_pkts: count &log &optional;
		## Bytes with IP headers.
		orig_ip_bytes: count &log &optional;
		resp_pkts: count &log &optional;
		resp_ip_bytes: count &log &optional;
		## Uids of the connections that carried it.
		tunnel_parents: set[string] &log &optional;
		## IP protocol number.
		ip_proto: count &log &optional;
	};

	## A row of conn.log.
	global log_conn: event(rec: Info);
}

redef record connection += {
	conn: Info &optional;
};

event zeek_init() &priority=5
	{
	Log::create_stream(Conn::LOG, Log::Stream($columns=Info, $ev=log_conn, $path="conn", $policy=log_policy));
	}

# Nothing of its handshake was seen from this side.
function opened_unseen(state: count): bool
	{
	return state == TCP_INACTIVE || state == TCP_PARTIAL;
	}

function tcp_conn_state(c: connection): string
	{
	local os = c$orig$state;
	local rs = c$resp$state;

	if ( rs == TCP_RESET )
		{
		local no_data = c$orig$size == 0 && c$resp$size == 0;

		if ( os == TCP_SYN_SENT || os == TCP_SYN_ACK_SENT || (os == TCP_RESET && no_data) )
			return "REJ";

		return opened_unseen(os) ? "RSTRH" : "RSTR";
		}

	if ( os == TCP_RESET )
		{
		if ( ! opened_unseen(rs) )
			return "RSTO";

		# A SYN, no sign of an established connection, and the RST.
		return /\^?S[^HAFGIQ]*R.*/ == c$history ? "RSTOS0" : "OTH";
		}

	if ( os == TCP_CLOSED )
		{
		if ( rs == TCP_CLOSED )
			return "SF";

		return opened_unseen(rs) ? "SH" : "S2";
		}

	if ( rs == TCP_CLOSED )
		return opened_unseen(os) ? "SHR" : "S3";

	if ( os == TCP_SYN_SENT && rs == TCP_INACTIVE )
		return "S0";

	return os == TCP_ESTABLISHED && rs == TCP_ESTABLISHED ? "S1" : "OTH";
	}

function udp_conn_state(c: connection): string
	{
	if ( c$orig$state == UDP_ACTIVE )
		return c$resp$state == UDP_ACTIVE ? "SF" : "S0";

	return c$resp$state == UDP_ACTIVE ? "SHR" : "OTH";
	}

## The word for how a connection went.
function conn_state(c: connection, trans: transport_proto): string
	{
	switch ( trans )
		{
		case tcp:
			return tcp_conn_state(c);
		case udp:
			return udp_conn_state(c);
		default:
			return "OTH";
		}
	}

## The protocols found in a connection, as the log writes them.
function determine_service(c: connection): string
	{
	return to_lower(join_string_set(c$service, ","));
	}

function add_tunnel_parent(info: Info, carriers: EncapsulatingConnVector)
	{
	if ( |carriers| == 0 )
		return;

	if ( ! info?$tunnel_parents )
		info$tunnel_parents = set();

	# The innermost one; each carrier's own row names its parent.
	add info$tunnel_parents[carriers[|carriers| - 1]$uid];
	}

function tell_local_ends(c: connection)
	{
	c$conn$local_orig = Site::is_local_addr(c$id$orig_h);
	c$conn$local_resp = Site::is_local_addr(c$id$resp_h);
	}

# What is known from the first packet on.
function begin_info(c: connection)
	{
	if ( ! c?$conn )
		c$conn = Info($ts=c$start_time, $uid=c$uid, $id=c$id, $proto=get_port_transport_proto(c$id$resp_p));
	else
		c$conn$id = c$id;

	if ( c?$tunnel )
		add_tunnel_parent(c$conn, c$tunnel);

	if ( c$id$proto != 65535 )
		c$conn$ip_proto = c$id$proto;

	if ( |Site::local_nets| > 0 )
		tell_local_ends(c);
	}

# What is known at the end.
function finish_info(c: connection)
	{
	local info = c$conn;

	if ( c$duration > 0secs )
		{
		info$duration = c$duration;
		info$orig_bytes = c$orig$size;
		info$resp_bytes = c$resp$size;
		}

	if ( c$orig?$num_pkts )
		{
		info$orig_pkts = c$orig$num_pkts;
		info$orig_ip_bytes = c$orig$num_bytes_ip;
		info$resp_pkts = c$resp$num_pkts;
		info$resp_ip_bytes = c$resp$num_bytes_ip;
		}

	if ( |c$service| > 0 )
		info$service = determine_service(c);

	info$conn_state = conn_state(c, get_port_transport_proto(c$id$resp_p));

	if ( c$history != "" )
		info$history = c$history;
	}

event new_connection(c: connection) &priority=100
	{
	begin_info(c);
	}

event content_gap(c: connection, is_orig: bool, seq: count, length: count) &priority=5
	{
	c$conn$missed_bytes += length;
	}

event tunnel_changed(c: connection, e: EncapsulatingConnVector) &priority=5
	{
	add_tunnel_parent(c$conn, e);
	c$tunnel = e;
	}

event connection_flipped(c: connection) &priority=5
	{
	# Before new_connection there is nothing to correct.
	if ( c?$conn )
		tell_local_ends(c);
	}

event connection_state_remove(c: connection) &priority=5
	{
	finish_info(c);
	}

event connection_state_remove(c: connection) &priority=-5
	{
	Log::write(Conn::LOG, c$conn);
	}
