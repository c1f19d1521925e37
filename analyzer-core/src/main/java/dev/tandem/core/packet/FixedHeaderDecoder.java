package dev.tandem.core.packet;

import org.jspecify.annotations.Nullable;

/**
 * A header of fixed length whose payload needs no field of it: provider backbone bridging (IEEE 802.1ah), whose customer
 * frame begins inside the header, and FDDI.
 */
final class FixedHeaderDecoder extends LinkDecoder {
    private final int least;
    private final int skip;
    private final String truncated;
    private final Decoder payload;

    /**
     * @param least more bytes than that must be there
     * @param skip bytes before the payload
     */
    FixedHeaderDecoder(String name, PacketNotes notes, int least, int skip, String truncated, Decoder payload) {
        super(name, notes);
        this.least = least;
        this.skip = skip;
        this.truncated = truncated;
        this.payload = payload;
    }

    @Override
    public @Nullable Decoder decode(DecodedPacket p) {
        if (p.remaining() <= least) {
            return weird(p, truncated);
        }
        p.at += skip;
        return payload;
    }
}
