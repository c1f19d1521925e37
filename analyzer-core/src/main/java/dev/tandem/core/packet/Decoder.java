package dev.tandem.core.packet;

import org.jspecify.annotations.Nullable;

/** One layer of a packet. Keeps no packet state of its own. */
interface Decoder {
    /** As Zeek names its packet analyzers: it is the source of weirds. */
    String name();

    /**
     * Reads this layer's header at the cursor and moves the cursor behind it.
     *
     * @return who decodes the rest; null when the packet ends here, good or bad
     */
    @Nullable
    Decoder decode(DecodedPacket p);
}
