package dev.tandem.core.connection;

/** The memory that early segments of all TCP streams take together, and its limit. Engine thread. */
public final class StreamMemory {
    private final long limit;
    private long bytes;
    private long streamsGivenUp;

    /** @param limit in bytes; 0 is none */
    StreamMemory(long limit) {
        this.limit = limit;
    }

    /** Takes more, or gives some back when negative. */
    void take(long more) {
        bytes += more;
    }

    /** Whether more is held than may be: the stream that asks has to give up. */
    boolean isExceeded() {
        return limit != 0 && bytes > limit;
    }

    void gaveUp() {
        streamsGivenUp++;
    }

    /** Bytes of segments that wait for what comes before them, and of what is kept beside them. */
    public long bytes() {
        return bytes;
    }

    /** Streams whose reassembly ended since there was no memory for it. */
    public long streamsGivenUp() {
        return streamsGivenUp;
    }
}
