package dev.tandem.core.connection;

/**
 * Takes the payload of a connection: of TCP the bytes of each side in order, of UDP each datagram. Engine thread.
 *
 * <p>Sequence numbers are relative: the first byte of payload is 1. Arrays are the caller's: copy what is to be kept.
 */
public interface StreamConsumer {
    /** The next bytes of one side, or a datagram. */
    void data(boolean fromOriginator, byte[] data, int from, int bytes);

    /** Bytes that were sent and never seen. */
    void gap(boolean fromOriginator, long sequence, long bytes);

    /** That side has ended, and all it sent was handed over. */
    void endOfStream(boolean fromOriginator);

    /** Both sides have ended. */
    default void finished() {}

    /** One side broke the connection off, by a segment with RST; each such segment tells. */
    default void reset() {}

    /** Originator and responder have changed places. */
    default void rolesFlipped() {}

    /** The connection is about to go; nothing comes after this. */
    default void done() {}
}
