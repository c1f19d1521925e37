package dev.tandem.core.packet;

import java.io.IOException;

/** Takes packets away, e.g. into a trace file. Used by one thread. */
public interface PacketSink extends AutoCloseable {
    /**
     * Writes one packet of a batch.
     *
     * @param packet its number in the batch
     * @throws IOException when it cannot be written; the message is fit for the user
     */
    void write(PacketBatch batch, int packet) throws IOException;

    /** Makes all written so far visible to readers of the file. */
    void flush() throws IOException;

    /** Writes what is left; afterwards nothing may be written. Closing twice does nothing. */
    @Override
    void close() throws IOException;
}
