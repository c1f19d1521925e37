##! Enums that name parts of the engine: analyzers, tunnels, transport protocols, link layers.

## Transport protocols.
type transport_proto: enum {
	unknown_transport,
	tcp,
	udp,
	icmp
};

## What a frame's link layer is.
type link_encap: enum {
	LINK_ETHERNET,
	LINK_UNKNOWN
};

## What a frame carries above the link layer.
type layer3_proto: enum {
	L3_IPV4,
	L3_IPV6,
	L3_ARP,
	L3_UNKNOWN
};

## What happened to an element of a table, as told to ``&on_change`` functions.
type TableChange: enum {
	TABLE_ELEMENT_NEW,
	TABLE_ELEMENT_CHANGED,
	TABLE_ELEMENT_REMOVED,
	TABLE_ELEMENT_EXPIRED
};

module Tunnel;

export {
	## Kinds of tunnels.
	type Tunnel::Type: enum {
		NONE,
		IP,
		AYIYA,
		TEREDO,
		SOCKS,
		GTPv1,
		HTTP,
		GRE,
		VXLAN,
		GENEVE
	};
}

module Analyzer;

export {
	## Protocol analyzers.
	type Analyzer::Tag: enum {
		ANALYZER_CONNSIZE,
		ANALYZER_CONTENTLINE,
		ANALYZER_CONTENTS,
		ANALYZER_DCE_RPC,
		ANALYZER_DHCP,
		ANALYZER_DNS,
		ANALYZER_FTP,
		ANALYZER_FTP_DATA,
		ANALYZER_HTTP,
		ANALYZER_ICMP,
		ANALYZER_IRC,
		ANALYZER_KRB,
		ANALYZER_MYSQL,
		ANALYZER_NTP,
		ANALYZER_PIA_TCP,
		ANALYZER_PIA_UDP,
		ANALYZER_POP3,
		ANALYZER_RDP,
		ANALYZER_SIP,
		ANALYZER_SMB,
		ANALYZER_SMTP,
		ANALYZER_SNMP,
		ANALYZER_SOCKS,
		ANALYZER_SSH,
		ANALYZER_SSL,
		ANALYZER_DTLS,
		ANALYZER_SYSLOG,
		ANALYZER_TCP,
		ANALYZER_UDP,
		ANALYZER_WEBSOCKET
	};
}

module PacketAnalyzer;

export {
	## Decoders of packets.
	type PacketAnalyzer::Tag: Analyzer::Tag;

	redef enum Analyzer::Tag += {
		ANALYZER_ARP,
		ANALYZER_AYIYA,
		ANALYZER_ETHERNET,
		ANALYZER_FDDI,
		ANALYZER_GENEVE,
		ANALYZER_GRE,
		ANALYZER_GTPV1,
		ANALYZER_ICMP,
		ANALYZER_IEEE802_11,
		ANALYZER_IEEE802_11_RADIO,
		ANALYZER_IP,
		ANALYZER_IPTUNNEL,
		ANALYZER_LINUXSLL,
		ANALYZER_LINUXSLL2,
		ANALYZER_LLC,
		ANALYZER_MPLS,
		ANALYZER_NFLOG,
		ANALYZER_NOVELL_802_3,
		ANALYZER_NULL,
		ANALYZER_PBB,
		ANALYZER_PPP,
		ANALYZER_PPPOE,
		ANALYZER_PPPSERIAL,
		ANALYZER_ROOT,
		ANALYZER_SKIP,
		ANALYZER_SNAP,
		ANALYZER_TCP,
		ANALYZER_TEREDO,
		ANALYZER_UDP,
		ANALYZER_UNKNOWN_IP_TRANSPORT,
		ANALYZER_VLAN,
		ANALYZER_VNTAG,
		ANALYZER_VXLAN
	};
}

module Files;

export {
	## File analyzers.
	type Files::Tag: Analyzer::Tag;

	redef enum Analyzer::Tag += {
		ANALYZER_DATA_EVENT,
		ANALYZER_ENTROPY,
		ANALYZER_EXTRACT,
		ANALYZER_MD5,
		ANALYZER_SHA1,
		ANALYZER_SHA224,
		ANALYZER_SHA256,
		ANALYZER_SHA384,
		ANALYZER_SHA512,
		ANALYZER_X509
	};
}

module AllAnalyzers;

export {
	## Analyzers of every kind.
	type AllAnalyzers::Tag: Analyzer::Tag;
}

module GLOBAL;

## Identifies a precompiled capture filter; scripts add their own.
type PcapFilterID: enum { None };

type files_tag_set: set[Files::Tag];

## How anonymize_addr() replaces addresses.
type IPAddrAnonymization: enum {
	KEEP_ORIG_ADDR,
	SEQUENTIALLY_NUMBERED,
	PREFIX_PRESERVING_A50,
	RANDOM_MD5 &deprecated="Remove in v9.1. Use the A50 or SHA256 anonymizers instead.",
	PREFIX_PRESERVING_MD5 &deprecated="Remove in v9.1. Use the A50 or SHA256 anonymizers instead.",
	RANDOM_SHA256,
	PREFIX_PRESERVING_SHA256
};

## Which global variable tells anonymize_addr() the way: ``orig_addr_anonymization`` and its kin.
type IPAddrAnonymizationClass: enum {
	ORIG_ADDR,
	RESP_ADDR,
	OTHER_ADDR
};
