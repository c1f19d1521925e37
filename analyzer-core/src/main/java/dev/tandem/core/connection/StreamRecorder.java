package dev.tandem.core.connection;

/** Keeps what one side of a TCP connection sent, e.g. in a file. Engine thread. */
public interface StreamRecorder {
    /**
     * The next bytes, or the note of a gap.
     *
     * @return false when they could not be written
     */
    boolean write(byte[] data, int from, int bytes);

    /** That side has ended. */
    void close();
}
