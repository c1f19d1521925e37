##! IPv6 of tunnel brokers (draft-massar-v6ops-ayiya-02).

module PacketAnalyzer::AYIYA;

export {
	## What goes to these ports is looked into.
	const ayiya_ports: set[port] = { 5072/udp } &redef;
}

redef likely_server_ports += { 5072/udp };
