##! The events of IGMP messages. Those of one kind come only if the checksum is right.

@load ./types

## Any message.
global IGMP::message: event(packet: raw_pkt_hdr, msg_type: IGMP::MessageType);

global IGMP::membership_query: event(source: addr, group_addr: addr);
global IGMP::membership_report_v1: event(source: addr, group_addr: addr);
global IGMP::membership_report_v2: event(source: addr, group_addr: addr);
global IGMP::membership_report_v3: event(source: addr, groups: vector of IGMP::Group);
global IGMP::leave_group: event(source: addr, group_addr: addr);
