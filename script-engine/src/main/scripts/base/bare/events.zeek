##! Prototypes of the events that the engine raises on its own.

# ---- the run

## All scripts are read, no packet yet.
global zeek_init: event();

## About to end.
global zeek_done: event();

## Network time is known: the first packet is there, or packets come live.
global network_time_init: event();

## No more packets will come.
global net_done: event(t: time);

global zeek_script_loaded: event(path: string, level: count);

## Everything queued before it has been handled.
global event_queue_flush_point: event();

## Any event, by name; costs much.
global new_event: event(name: string, params: call_argument_vector);

global file_opened: event(f: file);
global profiling_update: event(f: file, expensive: bool);

# The names of 2018, raised together with the new ones.
global bro_init: event();
global bro_done: event();
global bro_script_loaded: event(path: string, level: count);

# ---- messages

global reporter_info: event(t: time, msg: string, location: string) &error_handler;
global reporter_warning: event(t: time, msg: string, location: string) &error_handler;
global reporter_error: event(t: time, msg: string, location: string) &error_handler;

# ---- traffic that is not as it should be

global conn_weird: event(name: string, c: connection, addl: string, source: string);
global expired_conn_weird: event(name: string, id: conn_id, uid: string, addl: string, source: string);
global flow_weird: event(name: string, src: addr, dst: addr, addl: string, source: string);
global net_weird: event(name: string, addl: string, source: string);
global file_weird: event(name: string, f: fa_file, addl: string, source: string);

# Handlers of older scripts leave the source out.
global conn_weird: event(name: string, c: connection, addl: string);
global expired_conn_weird: event(name: string, id: conn_id, uid: string, addl: string);
global flow_weird: event(name: string, src: addr, dst: addr, addl: string);
global net_weird: event(name: string, addl: string);
global file_weird: event(name: string, f: fa_file, addl: string);

# ---- single packets

global raw_packet: event(p: raw_pkt_hdr);
global new_packet: event(c: connection, p: pkt_hdr);
global packet_contents: event(c: connection, contents: string);
global packet_not_processed: event(pkt: pcap_packet);
global ipv6_ext_headers: event(c: connection, p: pkt_hdr);
global esp_packet: event(p: pkt_hdr);
global mobile_ipv6_message: event(p: pkt_hdr);
global unknown_protocol: event(analyzer_name: string, protocol: count, first_bytes: string, analyzer_history: string_vec);
global Pcap::file_done: event(path: string);

global arp_request: event(mac_src: string, mac_dst: string, SPA: addr, SHA: string, TPA: addr, THA: string);
global arp_reply: event(mac_src: string, mac_dst: string, SPA: addr, SHA: string, TPA: addr, THA: string);
global bad_arp: event(SPA: addr, SHA: string, TPA: addr, THA: string, explanation: string);

global vxlan_packet: event(outer: connection, inner: pkt_hdr, vni: count);
global geneve_packet: event(outer: connection, inner: pkt_hdr, vni: count);
global gtpv1_message: event(c: connection, hdr: gtpv1_hdr);
global gtpv1_create_pdp_ctx_request: event(c: connection, hdr: gtpv1_hdr, elements: gtp_create_pdp_ctx_request_elements);
global gtpv1_create_pdp_ctx_response: event(c: connection, hdr: gtpv1_hdr, elements: gtp_create_pdp_ctx_response_elements);
global gtpv1_update_pdp_ctx_request: event(c: connection, hdr: gtpv1_hdr, elements: gtp_update_pdp_ctx_request_elements);
global gtpv1_update_pdp_ctx_response: event(c: connection, hdr: gtpv1_hdr, elements: gtp_update_pdp_ctx_response_elements);
global gtpv1_delete_pdp_ctx_request: event(c: connection, hdr: gtpv1_hdr, elements: gtp_delete_pdp_ctx_request_elements);
global gtpv1_delete_pdp_ctx_response: event(c: connection, hdr: gtpv1_hdr, elements: gtp_delete_pdp_ctx_response_elements);
global gtpv1_g_pdu_packet: event(outer: connection, inner_gtp: gtpv1_hdr, inner_ip: pkt_hdr);
global teredo_packet: event(outer: connection, inner: teredo_hdr);
global teredo_authentication: event(outer: connection, inner: teredo_hdr);
global teredo_origin_indication: event(outer: connection, inner: teredo_hdr);
global teredo_bubble: event(outer: connection, inner: teredo_hdr);

# ---- connections of any kind

global new_connection: event(c: connection);
global connection_state_remove: event(c: connection);
global connection_timeout: event(c: connection);
global connection_reused: event(c: connection);
global connection_status_update: event(c: connection);

## Originator and responder have changed places.
global connection_flipped: event(c: connection);

global connection_flow_label_changed: event(c: connection, is_orig: bool, old_label: count, new_label: count);
global tunnel_changed: event(c: connection, e: EncapsulatingConnVector);
global content_gap: event(c: connection, is_orig: bool, seq: count, length: count);
global scheduled_analyzer_applied: event(c: connection, a: Analyzer::Tag);
global protocol_late_match: event(c: connection, atype: Analyzer::Tag);
global analyzer_confirmation_info: event(atype: AllAnalyzers::Tag, info: AnalyzerConfirmationInfo);
global analyzer_violation_info: event(atype: AllAnalyzers::Tag, info: AnalyzerViolationInfo);
global conn_stats: event(c: connection, os: endpoint_stats, rs: endpoint_stats);
global signature_match: event(state: signature_state, msg: string, data: string, end_of_match: count);
global signature_match: event(state: signature_state, msg: string, data: string);

global conn_bytes_threshold_crossed: event(c: connection, threshold: count, is_orig: bool);
global conn_packets_threshold_crossed: event(c: connection, threshold: count, is_orig: bool);
global conn_duration_threshold_crossed: event(c: connection, threshold: interval, is_orig: bool);
global conn_generic_packet_threshold_crossed: event(c: connection, threshold: count);

# ---- TCP

global new_connection_contents: event(c: connection);
global connection_SYN_packet: event(c: connection, pkt: SYN_packet);
global connection_first_ACK: event(c: connection);

## A SYN that nobody answered.
global connection_attempt: event(c: connection);

global connection_established: event(c: connection);

## A connection whose beginning was not seen.
global partial_connection: event(c: connection);

global connection_rejected: event(c: connection);
global connection_reset: event(c: connection);
global connection_EOF: event(c: connection, is_orig: bool);
global connection_partial_close: event(c: connection);
global connection_half_finished: event(c: connection);
global connection_finished: event(c: connection);

## Still open when everything ended.
global connection_pending: event(c: connection);

global tcp_packet: event(c: connection, is_orig: bool, flags: string, seq: count, ack: count, len: count, payload: string);
global tcp_option: event(c: connection, is_orig: bool, opt: count, optlen: count);
global tcp_options: event(c: connection, is_orig: bool, options: TCP::OptionList);
global tcp_contents: event(c: connection, is_orig: bool, seq: count, contents: string);
global tcp_rexmit: event(c: connection, is_orig: bool, seq: count, len: count, data_in_flight: count, window: count);
global rexmit_inconsistency: event(c: connection, t1: string, t2: string, tcp_flags: string);
global tcp_multiple_checksum_errors: event(c: connection, is_orig: bool, threshold: count);
global tcp_multiple_zero_windows: event(c: connection, is_orig: bool, threshold: count);
global tcp_multiple_retransmissions: event(c: connection, is_orig: bool, threshold: count);
global tcp_multiple_gap: event(c: connection, is_orig: bool, threshold: count);
global contents_file_write_failure: event(c: connection, is_orig: bool, msg: string);

# ---- UDP

global udp_request: event(u: connection);
global udp_reply: event(u: connection);
global udp_contents: event(u: connection, is_orig: bool, contents: string);
global udp_session_done: event(u: connection);
global udp_multiple_checksum_errors: event(u: connection, is_orig: bool, threshold: count);

# ---- ICMP

global icmp_sent: event(c: connection, info: icmp_info);
global icmp_sent_payload: event(c: connection, info: icmp_info, payload: string);
global icmp_echo_request: event(c: connection, info: icmp_info, id: count, seq: count, payload: string);
global icmp_echo_reply: event(c: connection, info: icmp_info, id: count, seq: count, payload: string);
global icmp_error_message: event(c: connection, info: icmp_info, code: count, context: icmp_context);
global icmp_unreachable: event(c: connection, info: icmp_info, code: count, context: icmp_context);
global icmp_packet_too_big: event(c: connection, info: icmp_info, code: count, context: icmp_context);
global icmp_time_exceeded: event(c: connection, info: icmp_info, code: count, context: icmp_context);
global icmp_parameter_problem: event(c: connection, info: icmp_info, code: count, context: icmp_context);
global icmp_router_solicitation: event(c: connection, info: icmp_info, options: icmp6_nd_options);
global icmp_router_advertisement: event(c: connection, info: icmp_info, cur_hop_limit: count, managed: bool, other: bool,
	home_agent: bool, pref: count, proxy: bool, rsv: count, router_lifetime: interval, reachable_time: interval,
	retrans_timer: interval, options: icmp6_nd_options);
global icmp_neighbor_solicitation: event(c: connection, info: icmp_info, tgt: addr, options: icmp6_nd_options);
global icmp_neighbor_advertisement: event(c: connection, info: icmp_info, router: bool, solicited: bool, override: bool,
	tgt: addr, options: icmp6_nd_options);
global icmp_redirect: event(c: connection, info: icmp_info, tgt: addr, dest: addr, options: icmp6_nd_options);
global icmpv6_mld_report_v1: event(c: connection, group_addr: addr);
global icmpv6_mld_done_v1: event(c: connection, group_addr: addr);
global icmpv6_mld_report_v2: event(c: connection, groups: icmp6_mldv2_mar_vec);

# ---- files

global get_file_handle: event(tag: Analyzer::Tag, c: connection, is_orig: bool);
global file_new: event(f: fa_file);
global file_over_new_connection: event(f: fa_file, c: connection, is_orig: bool);
global file_sniff: event(f: fa_file, meta: fa_metadata);
global file_timeout: event(f: fa_file);
global file_gap: event(f: fa_file, offset: count, len: count);
global file_reassembly_overflow: event(f: fa_file, offset: count, skipped: count);
global file_state_remove: event(f: fa_file);

## *kind* is ``md5``, ``sha1``, ``sha256`` ..., *hash* in hexadecimal.
global file_hash: event(f: fa_file, kind: string, hash: string);

# ---- names

global dns_mapping_valid: event(dm: dns_mapping);
global dns_mapping_unverified: event(dm: dns_mapping);
global dns_mapping_new_name: event(dm: dns_mapping);
global dns_mapping_lost_name: event(dm: dns_mapping);
global dns_mapping_name_changed: event(prev: dns_mapping, latest: dns_mapping);
global dns_mapping_altered: event(dm: dns_mapping, old_addrs: addr_set, new_addrs: addr_set);
