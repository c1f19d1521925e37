package dev.tandem.core.connection;

import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.value.SeededHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All live connections by their two ends and protocol: segments of open addressing with linear probing, at most half full.
 *
 * <p>The hash does not depend on the direction and is keyed by a secret of the process, so that nobody can choose addresses
 * and ports that collide. A key is kept in originator order and compared with a packet as is and reversed: one probe finds the
 * connection whichever way the packet goes. Entries behind a removed one move up, so there are no tombstones. The upper bits
 * of the hash choose the segment; each grows for itself, so that no packet waits while a million connections are moved.
 */
public final class ConnectionTable {
    /** Connections looked at to find one to give up. */
    private static final int SAMPLE = 16;

    private static final int SEGMENT_BITS = 6;

    private final Segment[] segments = new Segment[1 << SEGMENT_BITS];
    private int size;

    /** Whether connections in different VLANs are different ones, whatever their addresses. */
    private final boolean byVlan;

    /** @param byVlan whether VLANs belong to the key */
    ConnectionTable(boolean byVlan) {
        this.byVlan = byVlan;
        Arrays.setAll(segments, i -> new Segment());
    }

    /** Connections in the table. */
    public int size() {
        return size;
    }

    /** The hash of a packet's flow; never 0, which marks a free place. */
    long hash(DecodedPacket p) {
        return hash(
                p.sourceHigh,
                p.sourceLow,
                p.sourcePort,
                p.destinationHigh,
                p.destinationLow,
                p.destinationPort,
                p.protocol,
                vlans(p.vlan, p.innerVlan));
    }

    private long hash(Connection c) {
        int vlans = vlans(c.vlan(), c.innerVlan());
        return hash(c.origHigh, c.origLow, c.origPort, c.respHigh, c.respLow, c.respPort, c.protocol, vlans);
    }

    /** Both tags of the key as one number. */
    private int vlans(int vlan, int innerVlan) {
        return byVlan ? vlan << 16 | innerVlan & 0xffff : 0;
    }

    private static long hash(
            long aHigh, long aLow, int aPort, long bHigh, long bLow, int bPort, int protocol, int vlans) {
        long sum = end(aHigh, aLow, aPort) + end(bHigh, bLow, bPort);
        long h = sum + (protocol + ((long) vlans << 8)) * 0x9e3779b97f4a7c15L;
        h = (h ^ h >>> 32) * 0xd6e8feb86659fd93L;
        h ^= h >>> 32;
        return h == 0 ? 1 : h;
    }

    private Segment segment(long hash) {
        return segments[(int) (hash >>> Long.SIZE - SEGMENT_BITS)];
    }

    private static long end(long high, long low, int port) {
        long shifted = (long) port << 20;
        return SeededHash.mix(low, high == 0 ? shifted : SeededHash.mix(high, shifted));
    }

    /** The connection a packet belongs to, in either direction; null when there is none. */
    @Nullable
    Connection find(long hash, DecodedPacket p) {
        return find(
                hash,
                p.sourceHigh,
                p.sourceLow,
                p.sourcePort,
                p.destinationHigh,
                p.destinationLow,
                p.destinationPort,
                p.protocol,
                vlans(p.vlan, p.innerVlan),
                p.oneWay);
    }

    /**
     * The live connection between two ends, whichever began it; null when there is none. Addresses are 128 bits, IPv4 mapped.
     *
     * @param protocol IP protocol number
     * @param vlan outer tag, -1 for none; only looked at when VLANs belong to the key, as {@code innerVlan}
     * @param oneWay for ICMP types without answer: the first end must be the originator
     */
    @Nullable
    Connection find(
            long aHigh,
            long aLow,
            int aPort,
            long bHigh,
            long bLow,
            int bPort,
            int protocol,
            int vlan,
            int innerVlan,
            boolean oneWay) {
        int vlans = vlans(vlan, innerVlan);
        long hash = hash(aHigh, aLow, aPort, bHigh, bLow, bPort, protocol, vlans);
        return find(hash, aHigh, aLow, aPort, bHigh, bLow, bPort, protocol, vlans, oneWay);
    }

    private @Nullable Connection find(
            long hash,
            long aHigh,
            long aLow,
            int aPort,
            long bHigh,
            long bLow,
            int bPort,
            int protocol,
            int vlans,
            boolean oneWay) {
        Segment segment = segment(hash);
        long[] t = segment.tags;
        int mask = t.length - 1;
        for (int i = (int) hash & mask; t[i] != 0; i = i + 1 & mask) {
            if (t[i] != hash) {
                continue;
            }
            Connection c = segment.connections[i];
            if (c == null || c.protocol != protocol || byVlan && vlans(c.vlan(), c.innerVlan()) != vlans) {
                continue;
            }
            boolean forward = c.origLow == aLow
                    && c.respLow == bLow
                    && c.origPort == aPort
                    && c.respPort == bPort
                    && c.origHigh == aHigh
                    && c.respHigh == bHigh;
            if (forward
                    || !oneWay
                            && c.origLow == bLow
                            && c.respLow == aLow
                            && c.origPort == bPort
                            && c.respPort == aPort
                            && c.origHigh == bHigh
                            && c.respHigh == aHigh) {
                return c;
            }
        }
        return null;
    }

    /** For {@link LookAhead}: reads where a hash has its place; the number says nothing. */
    int readPlace(long hash) {
        Segment segment = segment(hash);
        int i = (int) hash & segment.tags.length - 1;
        return (int) segment.tags[i] + (segment.connections[i] == null ? 0 : 1);
    }

    /** The first connection with that hash, which need not be the one meant; null when there is none. */
    @Nullable
    Connection likely(long hash) {
        Segment segment = segment(hash);
        return segment.connections[segment.place(hash)];
    }

    /** Adds a connection whose key is not in the table. */
    void add(Connection c) {
        long hash = hash(c);
        segment(hash).add(hash, c);
        size++;
    }

    /** Takes a connection out; false when it is not in. */
    boolean remove(Connection c) {
        long hash = hash(c);
        boolean was = segment(hash).remove(hash, c);
        if (was) {
            size--;
        }
        return was;
    }

    /**
     * Of some connections around a place, the one to give up first when there are too many: heard from one end only, and silent
     * for the longest time. Null when both ends of all of them were heard.
     */
    @Nullable
    Connection leastMissed(long hash) {
        int first = (int) (hash >>> Long.SIZE - SEGMENT_BITS);
        int seen = 0;
        Connection best = null;
        for (int i = 0; i < segments.length && seen < SAMPLE; i++) {
            @Nullable Connection[] places = segments[first + i & segments.length - 1].connections;
            int mask = places.length - 1;
            for (int step = 0; step <= mask && seen < SAMPLE; step++) {
                Connection c = places[(int) hash + step & mask];
                if (c != null) {
                    seen++;
                    if (c.isOneSided() && (best == null || c.lastTime < best.lastTime)) {
                        best = c;
                    }
                }
            }
        }
        return best;
    }

    /** Calls back for every connection, in no order. The table must not change meanwhile. */
    public void forEach(Consumer<Connection> action) {
        for (Segment segment : segments) {
            for (Connection c : segment.connections) {
                if (c != null) {
                    action.accept(c);
                }
            }
        }
    }

    /** All connections in the order in which Zeek ends them when it has a seed: by key, byte for byte. */
    Connection[] inKeyOrder() {
        List<Connection> all = new ArrayList<>(size);
        forEach(all::add);
        all.sort(KeyOrder::compare);
        return all.toArray(new Connection[0]);
    }

    void clear() {
        for (Segment segment : segments) {
            Arrays.fill(segment.tags, 0);
            Arrays.fill(segment.connections, null);
            segment.used = 0;
        }
        size = 0;
    }

    /** The connections whose hashes begin with the same bits. */
    private static final class Segment {
        private long[] tags = new long[16];
        private @Nullable Connection[] connections = new Connection[16];
        private int used;

        /** Where the first entry with that hash is, or the free place where it would go. */
        int place(long hash) {
            int mask = tags.length - 1;
            int i = (int) hash & mask;
            while (tags[i] != 0 && tags[i] != hash) {
                i = i + 1 & mask;
            }
            return i;
        }

        void add(long hash, Connection c) {
            if (2 * (used + 1) > tags.length) {
                grow();
            }
            put(hash, c);
            used++;
        }

        private void put(long hash, @Nullable Connection c) {
            int mask = tags.length - 1;
            int i = (int) hash & mask;
            while (tags[i] != 0) {
                i = i + 1 & mask;
            }
            tags[i] = hash;
            connections[i] = c;
        }

        private void grow() {
            long[] oldTags = tags;
            @Nullable Connection[] old = connections;
            tags = new long[2 * oldTags.length];
            connections = new Connection[tags.length];
            for (int i = 0; i < oldTags.length; i++) {
                if (oldTags[i] != 0) {
                    put(oldTags[i], old[i]);
                }
            }
        }

        boolean remove(long hash, Connection c) {
            int mask = tags.length - 1;
            int hole = (int) hash & mask;
            while (connections[hole] != c) {
                if (tags[hole] == 0) {
                    return false;
                }
                hole = hole + 1 & mask;
            }
            used--;
            for (int i = hole + 1 & mask; tags[i] != 0; i = i + 1 & mask) {
                int home = (int) tags[i] & mask;
                // An entry may fill the hole unless its home lies between the hole and itself.
                if ((i - home & mask) >= (i - hole & mask)) {
                    tags[hole] = tags[i];
                    connections[hole] = connections[i];
                    hole = i;
                }
            }
            tags[hole] = 0;
            connections[hole] = null;
            return true;
        }
    }
}
