package dev.tandem.core.engine;

import dev.tandem.core.packet.PacketBatch;

/** What the engine does with packets: decodes and tracks them. Engine thread only. */
public interface PacketProcessor extends TimedWork {
    /** Processes one packet; network time has been set to its time. */
    void process(PacketBatch batch, int packet);

    /** Ends everything that is still open, raising the events of that. */
    void drain();
}
