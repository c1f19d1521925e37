package dev.tandem.capture;

import dev.tandem.core.packet.PacketBatch;

/** Fetches packets from an open interface; two ways, one better and one that works wherever pcap4j does. */
sealed interface LiveReader permits MemoryStreamReader, ListenerReader {
    /**
     * Fetches what is there without waiting.
     *
     * @return packets now in the batch, or 0
     */
    int read(PacketBatch batch) throws CaptureException;

    /** Packets that were captured and then lost on their way here. */
    long lost();

    /** Before the interface is closed. */
    void close();
}
