package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u8;

import org.jspecify.annotations.Nullable;

/** What link-layer decoders share: a table of payloads and a place to complain. */
abstract class LinkDecoder implements Decoder {
    private final String name;
    final DispatchTable payloads = new DispatchTable();
    final PacketNotes notes;

    LinkDecoder(String name, PacketNotes notes) {
        this.name = name;
        this.notes = notes;
    }

    @Override
    public final String name() {
        return name;
    }

    /** The decoder for a payload; complains when there is none. */
    final @Nullable Decoder next(DecodedPacket p, long protocol) {
        Decoder next = payloads.get(protocol);
        if (next == null) {
            notes.unknownProtocol(p, name, protocol);
        }
        return next;
    }

    final @Nullable Decoder weird(DecodedPacket p, String weird) {
        notes.weird(p, weird, "", name);
        return null;
    }

    /**
     * A frame whose type field is an IEEE 802.3 length: drops what is behind that length and tells SNAP, Novell raw 802.3
     * and LLC apart by their first bytes.
     */
    final @Nullable Decoder lengthFramed(DecodedPacket p, int length, String truncated) {
        if (p.remaining() < 2) {
            return weird(p, truncated);
        }
        p.end = Math.min(p.end, p.at + length);
        int first = u8(p.data, p.at);
        int kind = EtherTypes.LLC;
        if (first == u8(p.data, p.at + 1)) {
            kind = first == 0xaa ? EtherTypes.SNAP : first == 0xff ? EtherTypes.NOVELL : EtherTypes.LLC;
        }
        return next(p, kind);
    }
}
