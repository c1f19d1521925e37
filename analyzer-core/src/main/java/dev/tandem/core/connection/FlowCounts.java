package dev.tandem.core.connection;

import dev.tandem.core.value.Port;

/** How many connections of each transport protocol there are and were. Engine thread. */
public final class FlowCounts {
    private static final int KINDS = Port.Proto.values().length;

    private final long[] live = new long[KINDS];
    private final long[] most = new long[KINDS];
    private final long[] total = new long[KINDS];
    private long timedOut;
    private long evicted;
    private long refused;

    void began(Port.Proto transport) {
        int kind = transport.ordinal();
        total[kind]++;
        most[kind] = Math.max(most[kind], ++live[kind]);
    }

    void ended(Port.Proto transport) {
        live[transport.ordinal()]--;
    }

    void timedOut() {
        timedOut++;
    }

    void evicted() {
        evicted++;
    }

    void refused() {
        refused++;
    }

    /** Connections being tracked. */
    public long live(Port.Proto transport) {
        return live[transport.ordinal()];
    }

    /** The most that were tracked at once. */
    public long most(Port.Proto transport) {
        return most[transport.ordinal()];
    }

    /** Connections begun. */
    public long total(Port.Proto transport) {
        return total[transport.ordinal()];
    }

    /** Connections removed for silence. */
    public long killedByInactivity() {
        return timedOut;
    }

    /** Connections that had to end early, since there were too many. */
    public long evictedForRoom() {
        return evicted;
    }

    /** Packets that would have begun a connection when there was no room for one. */
    public long refusedForRoom() {
        return refused;
    }
}
