package dev.tandem.core.connection;

import dev.tandem.core.packet.DecodedPacket;

/** A transport whose connections are {@link DatagramConnection}s. */
interface DatagramTransport extends Transport {
    /** Takes in a packet of the flow, whose IP payload is at the cursor. */
    void packet(DatagramConnection c, DecodedPacket p, boolean fromOriginator);

    /** The length of the IP payload; what was captured when the header does not say. */
    static int length(DecodedPacket p) {
        return p.ipPayloadBytes == 0 ? p.remaining() : p.ipPayloadBytes;
    }
}
