##! Virtual networks of Ethernet frames (RFC 7348).

module PacketAnalyzer::VXLAN;

export {
	## What goes to these ports is looked into.
	const vxlan_ports: set[port] = { 4789/udp } &redef;
}

redef likely_server_ports += { 4789/udp };
