##! Packets of mobile networks (3GPP TS 29.060).

module PacketAnalyzer::GTPV1;

export {
	## What goes to these ports is looked into.
	const gtpv1_ports: set[port] = { 2152/udp, 2123/udp } &redef;
}

redef likely_server_ports += { 2152/udp, 2123/udp };
