##! What the decoders of packets can be told. Loaded even with ``-b``.

@load base/frameworks/analyzer
@load base/packet-protocols/vxlan
@load base/packet-protocols/geneve
@load base/packet-protocols/teredo
@load base/packet-protocols/gtpv1
@load base/packet-protocols/ayiya
@load base/packet-protocols/gre
@load base/packet-protocols/igmp
