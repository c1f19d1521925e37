##! IPv6 through NATs (RFC 4380).

module PacketAnalyzer::TEREDO;

export {
	## What goes to these ports is looked into.
	const teredo_ports: set[port] = { 3544/udp } &redef;
}

redef likely_server_ports += { 3544/udp };
