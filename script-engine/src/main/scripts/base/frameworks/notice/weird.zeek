##! weird.log: traffic that is not as it should be.

@load base/utils/conn-ids
@load ./main

module Weird;

export {
	redef enum Log::ID += { LOG };

	## Decides which rows are written.
	global log_policy: Log::PolicyHook;

	redef enum Notice::Type += {
		## A weird that is worth a notice.
		Activity
	};

	type Weird::Info: record {
		ts: time &log;
		uid: string &log &optional;
		id: conn_id &log &optional;
		## Fills in uid and id.
		conn: connection &optional;
		name: string &log;
		## More of it.
		addl: string &log &optional;
		## Whether it became a notice as well.
		notice: bool &log &default=F;
		peer: string &log &default=peer_description;
		## The analyzer that found it.
		source: string &log &optional;
		## What makes two weirds of a name the same.
		identifier: string &optional;
	};

	## What becomes of a weird: nothing, a row, a row and a notice; each time, once, or once per connection or originator.
	type Weird::Action: enum {
		ACTION_UNSPECIFIED,
		ACTION_IGNORE,
		ACTION_LOG,
		ACTION_LOG_ONCE,
		ACTION_LOG_PER_CONN,
		ACTION_LOG_PER_ORIG,
		ACTION_NOTICE,
		ACTION_NOTICE_ONCE,
		ACTION_NOTICE_PER_CONN,
		ACTION_NOTICE_PER_ORIG
	};

	## By name; those that are not here are logged each time.
	const actions: table[string] of Action = {
		["unsolicited_SYN_response"] = ACTION_IGNORE,
		["FIN_after_reset"] = ACTION_IGNORE,
		["spontaneous_FIN"] = ACTION_IGNORE,
		["spontaneous_RST"] = ACTION_IGNORE,

		["FTP_max_command_length_exceeded"] = ACTION_LOG_PER_CONN,
		["FTP_too_many_pending_commands"] = ACTION_LOG_PER_CONN,
		["FTP_user_too_long"] = ACTION_LOG_PER_CONN,
		["FTP_reply_msg_too_long"] = ACTION_LOG_PER_CONN,
		["FTP_arg_too_long"] = ACTION_LOG_PER_CONN,
		["FTP_password_too_long"] = ACTION_LOG_PER_CONN,
		["simultaneous_open"] = ACTION_LOG_PER_CONN,
		["smtp_mail_transaction_invalid"] = ACTION_LOG_PER_CONN,
		["smtp_excessive_invalid_mail_transactions"] = ACTION_LOG_PER_CONN,
		["smb_tree_connect_andx_response_without_tree"] = ACTION_LOG_PER_CONN,

		["bad_ICMP_checksum"] = ACTION_LOG_PER_ORIG,
		["bad_IP_checksum"] = ACTION_LOG_PER_ORIG,
		["bad_TCP_checksum"] = ACTION_LOG_PER_ORIG,
		["bad_UDP_checksum"] = ACTION_LOG_PER_ORIG,
		["bad_RPC"] = ACTION_LOG_PER_ORIG,
		["excess_RPC"] = ACTION_LOG_PER_ORIG,
		["partial_RPC"] = ACTION_LOG_PER_ORIG,
		["originator_RPC_reply"] = ACTION_LOG_PER_ORIG,
		["responder_RPC_call"] = ACTION_LOG_PER_ORIG,
		["connection_originator_SYN_ack"] = ACTION_LOG_PER_ORIG,
		["SYN_with_data"] = ACTION_LOG_PER_ORIG,
		["UDP_datagram_length_mismatch"] = ACTION_LOG_PER_ORIG,
		["DNS_label_forward_compress_offset"] = ACTION_LOG_PER_ORIG,
		["DNS_label_len_gt_name_len"] = ACTION_LOG_PER_ORIG,
		["DNS_label_len_gt_pkt"] = ACTION_LOG_PER_ORIG,
		["DNS_label_too_long"] = ACTION_LOG_PER_ORIG,
		["excessively_small_fragment"] = ACTION_LOG_PER_ORIG,
		["fragment_inconsistency"] = ACTION_LOG_PER_ORIG,
		["fragment_overlap"] = ACTION_LOG_PER_ORIG,
		["fragment_size_inconsistency"] = ACTION_LOG_PER_ORIG,
		["SSH_max_packet_length_exceeded"] = ACTION_LOG_PER_ORIG,
		["SSH_max_string_length_exceeded"] = ACTION_LOG_PER_ORIG,

		["FIN_storm"] = ACTION_NOTICE_PER_ORIG,
		["SYN_after_partial"] = ACTION_NOTICE_PER_ORIG,
		["successful_RPC_reply_to_invalid_request"] = ACTION_NOTICE_PER_ORIG
	} &default=ACTION_LOG &redef;

	## Weirds of these names are dropped when they concern these addresses.
	option ignore_hosts: set[addr, string] = {};

	## Told each time, not only once in a while.
	option weird_do_not_ignore_repeats: set[string] = {
		"bad_IP_checksum", "bad_TCP_checksum", "bad_UDP_checksum", "bad_ICMP_checksum"
	};

	## Told a short while ago, by name and identifier.
	global weird_ignore: set[string, string] &create_expire=10min &redef;

	## Of those that are told once, what was logged and what was noticed.
	global did_log: set[string, string] &create_expire=1day &redef;
	global did_notice: set[string, string] &create_expire=1day &redef;

	## A row of weird.log.
	global log_weird: event(rec: Info);

	## Tells a weird of a script's own.
	global weird: function(w: Weird::Info);
}

const notice_actions: set[Action] = { ACTION_NOTICE, ACTION_NOTICE_ONCE, ACTION_NOTICE_PER_CONN, ACTION_NOTICE_PER_ORIG };

event zeek_init() &priority=5
	{
	Log::create_stream(Weird::LOG, Log::Stream($columns=Info, $ev=log_weird, $path="weird", $policy=log_policy));
	}

function is_ignored_host(w: Weird::Info): bool
	{
	return w?$id && ([w$id$orig_h, w$name] in ignore_hosts || [w$id$resp_h, w$name] in ignore_hosts);
	}

# Whether an action that is limited has been carried out before; remembers it from now on.
function is_repeated(w: Weird::Info, action: Action, identifier: string): bool
	{
	if ( action == ACTION_LOG || action == ACTION_NOTICE || action == ACTION_UNSPECIFIED )
		return F;

	local scope = identifier;

	if ( action == ACTION_LOG_ONCE || action == ACTION_NOTICE_ONCE )
		scope = "";
	else if ( w?$id && (action == ACTION_LOG_PER_ORIG || action == ACTION_NOTICE_PER_ORIG) )
		scope = cat(w$id$orig_h);

	if ( action in notice_actions )
		{
		if ( [w$name, scope] in did_notice )
			return T;

		add did_notice[w$name, scope];
		return F;
		}

	if ( [w$name, scope] in did_log )
		return T;

	add did_log[w$name, scope];
	return F;
	}

function raise_notice(w: Weird::Info)
	{
	local n = Notice::Info($note=Activity, $msg=w$name);

	if ( w?$conn )
		n$conn = w$conn;

	if ( w?$uid )
		n$uid = w$uid;

	if ( w?$id )
		n$id = w$id;

	if ( w?$addl )
		n$sub = w$addl;

	NOTICE(n);
	}

function weird(w: Weird::Info)
	{
	local action = actions[w$name];
	local identifier = w?$identifier ? w$identifier : (w?$id ? id_string(w$id) : "");

	if ( action == ACTION_IGNORE || [w$name, identifier] in weird_ignore )
		return;

	if ( w?$conn )
		{
		w$uid = w$conn$uid;
		w$id = w$conn$id;
		}

	if ( is_ignored_host(w) || is_repeated(w, action, identifier) )
		return;

	if ( action in notice_actions )
		{
		w$notice = T;
		raise_notice(w);
		}

	if ( w$name !in weird_do_not_ignore_repeats )
		add weird_ignore[w$name, identifier];

	Log::write(Weird::LOG, w);
	}

function begin(name: string, addl: string, source: string): Weird::Info
	{
	local w = Info($ts=network_time(), $name=name);

	if ( addl != "" )
		w$addl = addl;

	if ( source != "" )
		w$source = source;

	return w;
	}

event conn_weird(name: string, c: connection, addl: string, source: string)
	{
	local w = begin(name, addl, source);
	w$conn = c;
	w$identifier = id_string(c$id);
	weird(w);
	}

event expired_conn_weird(name: string, id: conn_id, uid: string, addl: string, source: string)
	{
	local w = begin(name, addl, source);
	w$id = id;
	w$uid = uid;
	weird(w);
	}

event flow_weird(name: string, src: addr, dst: addr, addl: string, source: string)
	{
	local w = begin(name, addl, source);
	local none = count_to_port(0, unknown_transport);
	w$id = conn_id($orig_h=src, $orig_p=none, $resp_h=dst, $resp_p=none);
	w$identifier = fmt("%s -> %s", src, dst);
	weird(w);
	}

event net_weird(name: string, addl: string, source: string)
	{
	weird(begin(name, addl, source));
	}

event file_weird(name: string, f: fa_file, addl: string, source: string)
	{
	weird(begin(name, addl == "" ? f$id : cat(f$id, ": ", addl), source));
	}
