##! Generic routing encapsulation in UDP (RFC 8086); directly on IP it needs no port.

module PacketAnalyzer::GRE;

export {
	## What goes to these ports is looked into.
	const gre_ports: set[port] = { 4754/udp } &redef;
}

redef likely_server_ports += { 4754/udp };
