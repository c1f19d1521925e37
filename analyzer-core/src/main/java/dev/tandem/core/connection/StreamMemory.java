package dev.tandem.core.connection;

/** The memory that early segments and unfinished lines of all TCP streams take together, and its limit. Engine thread. */
public final class StreamMemory {
    private final long limit;
    private long bytes;
    private long streamsGivenUp;

    /** @param limit in bytes; 0 is none */
    public StreamMemory(long limit) {
        this.limit = limit;
    }

    /** Takes more, or gives some back when negative. */
    public void take(long more) {
        bytes += more;
    }

    /** Whether more is held than may be: the stream that asks has to give up. */
    public boolean isExceeded() {
        return limit != 0 && bytes > limit;
    }

    public void gaveUp() {
        streamsGivenUp++;
    }

    /** Bytes of what waits for what comes before it, or for the rest of its line, and of what is kept beside that. */
    public long bytes() {
        return bytes;
    }

    /** Streams whose reassembly ended since there was no memory for it. */
    public long streamsGivenUp() {
        return streamsGivenUp;
    }
}
