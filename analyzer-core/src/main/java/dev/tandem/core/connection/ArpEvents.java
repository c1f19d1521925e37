package dev.tandem.core.connection;

import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.header.LinkAddress;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.NetworkOrder;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;

/** Events of ARP messages (zeek {@code src/packet_analysis/protocol/arp/ARP.cc}). */
final class ArpEvents {
    private static final int HEADER = 8;
    private static final int ETHERNET = 1;
    private static final int IEEE802 = 6;
    private static final int IPV4 = 0x0800;

    private final EventQueue queue;
    private final EventType request;
    private final EventType reply;
    private final EventType bad;

    ArpEvents(EventRegistry events, EventQueue queue) {
        this.queue = queue;
        request = events.event("arp_request");
        reply = events.event("arp_reply");
        bad = events.event("bad_arp");
    }

    /** Takes a complete message at the cursor. */
    void message(DecodedPacket p) {
        byte[] data = p.data;
        int at = p.at;
        int hardware = u16(data, at);
        int hardwareBytes = u8(data, at + 4);
        int protocol = u16(data, at + 2);
        int protocolBytes = u8(data, at + 5);
        if (hardware != ETHERNET && hardware != IEEE802) {
            bad(p, "unknown-arp-hw-address (hrd=" + hardware + ")");
        } else if (hardwareBytes != 6) {
            bad(p, "corrupt-arp-header (hrd=" + hardware + ", hln=" + hardwareBytes + ")");
        } else if (protocol != IPV4) {
            bad(p, "unknown-arp-proto-address (pro=" + protocol + ")");
        } else if (protocolBytes != 4) {
            bad(p, "corrupt-arp-header (pro=" + protocol + ", pln=" + protocolBytes + ")");
        } else if (LinkAddress.at(p.frame, p.linkSource) != LinkAddress.at(data, at + HEADER)) {
            bad(p, "weird-arp-sha");
        } else {
            operation(p, u16(data, at + 6));
        }
    }

    private void operation(DecodedPacket p, int operation) {
        switch (operation) {
            case 1 -> raise(request, p);
            case 2 -> raise(reply, p);
            case 3, 4, 8, 9 -> bad(p, "unimplemented-arp-opcode (" + operation + ")");
            default -> bad(p, "invalid-arp-opcode (opcode=" + operation + ")");
        }
    }

    private void raise(EventType event, DecodedPacket p) {
        if (!event.wanted()) {
            return;
        }
        queue.add(
                event,
                LinkAddress.text(LinkAddress.at(p.frame, p.linkSource)),
                LinkAddress.text(LinkAddress.at(p.frame, p.linkDestination)),
                protocolAddress(p, false),
                hardwareAddress(p, false),
                protocolAddress(p, true),
                hardwareAddress(p, true));
    }

    private void bad(DecodedPacket p, String why) {
        if (bad.wanted()) {
            queue.add(
                    bad,
                    protocolAddress(p, false),
                    hardwareAddress(p, false),
                    protocolAddress(p, true),
                    hardwareAddress(p, true),
                    Bytes.of(why));
        }
    }

    private static Addr protocolAddress(DecodedPacket p, boolean target) {
        int hardwareBytes = u8(p.data, p.at + 4);
        int protocolBytes = u8(p.data, p.at + 5);
        int at = p.at + HEADER + hardwareBytes + (target ? protocolBytes + hardwareBytes : 0);
        return protocolBytes < 4 ? Addr.V4_ZERO : Addr.v4(NetworkOrder.i32(p.data, at));
    }

    private static Bytes hardwareAddress(DecodedPacket p, boolean target) {
        int hardwareBytes = u8(p.data, p.at + 4);
        int at = p.at + HEADER + (target ? hardwareBytes + u8(p.data, p.at + 5) : 0);
        return hardwareBytes < 6 ? Bytes.EMPTY : LinkAddress.text(LinkAddress.at(p.data, at));
    }
}
