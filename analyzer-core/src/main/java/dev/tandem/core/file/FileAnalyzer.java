package dev.tandem.core.file;

/** Does something with the content of one file. Engine thread; never throws. */
public interface FileAnalyzer {
    /**
     * The next bytes in order.
     *
     * @return false when it wants no more
     */
    default boolean stream(byte[] data, int from, int to) {
        return true;
    }

    /**
     * Bytes as they come, in whatever order.
     *
     * @return false when it wants no more
     */
    default boolean chunk(byte[] data, int from, int to, long offset) {
        return true;
    }

    /**
     * Bytes that will never come.
     *
     * @return false when it wants no more
     */
    default boolean gap(long offset, long bytes) {
        return true;
    }

    /** The file has ended. */
    default void end() {}

    /** It is taken away, ended or not; nothing comes after this. */
    default void close() {}
}
