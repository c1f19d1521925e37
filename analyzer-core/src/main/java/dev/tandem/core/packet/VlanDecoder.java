package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u16;

import org.jspecify.annotations.Nullable;

/** One IEEE 802.1Q or 802.1ad tag; tags nest by dispatching to this decoder again. */
final class VlanDecoder extends LinkDecoder {
    VlanDecoder(PacketNotes notes) {
        super("VLAN", notes);
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (p.remaining() <= 4) {
            return weird(p, "truncated_VLAN_header");
        }
        int tag = u16(p.data, p.at);
        int id = tag & 0xfff;
        int type = u16(p.data, p.at + 2);
        if (p.vlan < 0) {
            p.vlan = id;
            p.vlanControl = tag >>> 12;
        } else {
            if (p.innerVlan >= 0) {
                notes.weird(p, "triple_tagged_vlan_unsupported", "inner VLAN tag overwritten", name());
            }
            p.innerVlan = id;
            p.innerVlanControl = tag >>> 12;
        }
        p.at += 4;
        if (type >= EtherTypes.FIRST_TYPE) {
            p.etherType = type;
            return next(p, type);
        }
        if (type <= EtherTypes.LONGEST_LENGTH) {
            return lengthFramed(p, type, "truncated_VLAN_header");
        }
        return weird(p, "undefined_vlan_protocol");
    }
}
