package dev.tandem.core.packet;

/** Hears what decoders have to say about packets. Called on the engine thread while the packet is being decoded. */
public interface PacketNotes {
    /**
     * Something is wrong with the packet.
     *
     * @param name stable, as in Zeek's weird.log
     * @param detail more about it, or empty
     * @param source the decoder
     */
    void weird(DecodedPacket p, String name, String detail, String source);

    /** A layer carries a protocol nobody decodes; the cursor stands on its first byte. */
    void unknownProtocol(DecodedPacket p, String source, long protocol);

    /** Hears nothing. */
    PacketNotes NONE = new PacketNotes() {
        @Override
        public void weird(DecodedPacket p, String name, String detail, String source) {}

        @Override
        public void unknownProtocol(DecodedPacket p, String source, long protocol) {}
    };

    /** An ARP packet whose header is complete; the cursor stands on it. */
    default void arp(DecodedPacket p) {}

    /** An encrypted (ESP) packet. */
    default void esp(DecodedPacket p) {}

    /** A Mobile IPv6 message. */
    default void mobility(DecodedPacket p) {}
}
