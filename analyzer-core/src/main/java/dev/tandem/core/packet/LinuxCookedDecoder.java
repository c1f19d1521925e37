package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u16;

import org.jspecify.annotations.Nullable;

/** Linux cooked capture, version 1 (16-byte header) and version 2 (20 bytes); tcpdump's LINKTYPE_LINUX_SLL and _SLL2. */
final class LinuxCookedDecoder extends LinkDecoder {
    private final int header;
    private final int protocolAt;
    private final int addressAt;
    private final String truncated;

    private LinuxCookedDecoder(
            String name, PacketNotes notes, int header, int protocolAt, int addressAt, String truncated) {
        super(name, notes);
        this.header = header;
        this.protocolAt = protocolAt;
        this.addressAt = addressAt;
        this.truncated = truncated;
    }

    static LinuxCookedDecoder version1(PacketNotes notes) {
        return new LinuxCookedDecoder("LINUXSLL", notes, 16, 14, 6, "truncated_Linux_SLL_header");
    }

    static LinuxCookedDecoder version2(PacketNotes notes) {
        return new LinuxCookedDecoder("LINUXSLL2", notes, 20, 0, 12, "truncated_Linux_SLL2_header");
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (p.remaining() <= header) {
            return weird(p, truncated);
        }
        int protocol = u16(p.data, p.at + protocolAt);
        // The header has the sender's address only.
        p.linkSource = p.at + addressAt;
        p.at += header;
        return next(p, protocol);
    }
}
