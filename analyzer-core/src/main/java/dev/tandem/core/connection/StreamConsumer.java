package dev.tandem.core.connection;

/**
 * Takes the bytes of a TCP connection in order. Engine thread.
 *
 * <p>Sequence numbers are relative: the first byte of payload is 1.
 */
public interface StreamConsumer {
    /** The next bytes of one side; the array is the caller's, copy what is to be kept. */
    void data(boolean fromOriginator, byte[] data, int from, int bytes);

    /** Bytes that were sent and never seen. */
    void gap(boolean fromOriginator, long sequence, long bytes);

    /** That side has ended, and all it sent was handed over. */
    void endOfStream(boolean fromOriginator);
}
