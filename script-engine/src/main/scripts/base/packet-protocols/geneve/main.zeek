##! Virtual networks of any protocol (RFC 8926).

module PacketAnalyzer::Geneve;

export {
	## What goes to these ports is looked into.
	const geneve_ports: set[port] = { 6081/udp } &redef;
}

redef likely_server_ports += { 6081/udp };
