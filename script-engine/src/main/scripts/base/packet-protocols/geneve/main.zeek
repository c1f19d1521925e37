##! Virtual networks of any protocol (RFC 8926).

module PacketAnalyzer::Geneve;

export {
	## What goes to these ports is looked into.
	const geneve_ports: set[port] = { 6081/udp } &redef;

	## An option of a Geneve header.
	type PacketAnalyzer::Geneve::Option: record {
		class: count;
		## Whoever does not know it must not take the packet.
		critical: bool;
		typ: count;
		data: string;
	};
}

redef likely_server_ports += { 6081/udp };

module GLOBAL;

type geneve_options_vec: vector of PacketAnalyzer::Geneve::Option;
type geneve_options_vec_vec: vector of geneve_options_vec;
