package dev.tandem.core.connection;

import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.value.SeededHash;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All live connections by their two ends and protocol: open addressing with linear probing, at most half full.
 *
 * <p>The hash does not depend on the direction and is keyed by a secret of the process, so that nobody can choose addresses
 * and ports that collide. A key is kept in originator order and compared with a packet as is and reversed: one probe finds the
 * connection whichever way the packet goes. Entries behind a removed one move up, so there are no tombstones.
 */
public final class ConnectionTable {
    /** Connections looked at to find one to give up. */
    private static final int SAMPLE = 16;

    private long[] tags = new long[1024];
    private @Nullable Connection[] connections = new Connection[1024];
    private int size;

    /** Whether connections in different VLANs are different ones, whatever their addresses. */
    private final boolean byVlan;

    /** @param byVlan whether VLANs belong to the key */
    ConnectionTable(boolean byVlan) {
        this.byVlan = byVlan;
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
        long[] t = tags;
        int mask = t.length - 1;
        for (int i = (int) hash & mask; t[i] != 0; i = i + 1 & mask) {
            if (t[i] != hash) {
                continue;
            }
            Connection c = connections[i];
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

    /** Adds a connection whose key is not in the table. */
    void add(Connection c) {
        if (2 * (size + 1) > tags.length) {
            grow();
        }
        place(hash(c), c);
        size++;
    }

    private void place(long hash, Connection c) {
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
            Connection c = old[i];
            if (c != null) {
                place(oldTags[i], c);
            }
        }
    }

    /** Takes a connection out; false when it is not in. */
    boolean remove(Connection c) {
        int mask = tags.length - 1;
        int hole = (int) hash(c) & mask;
        while (connections[hole] != c) {
            if (tags[hole] == 0) {
                return false;
            }
            hole = hole + 1 & mask;
        }
        size--;
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

    /**
     * Of some connections around a place, the one to give up first when there are too many: heard from one end only, and silent
     * for the longest time. Null when both ends of all of them were heard.
     */
    @Nullable
    Connection leastMissed(long hash) {
        int mask = tags.length - 1;
        int seen = 0;
        Connection best = null;
        for (int step = 0; step <= mask && seen < SAMPLE; step++) {
            Connection c = connections[(int) hash + step & mask];
            if (c != null) {
                seen++;
                if (c.isOneSided() && (best == null || c.lastTime < best.lastTime)) {
                    best = c;
                }
            }
        }
        return best;
    }

    /** Calls back for every connection, in no order. The table must not change meanwhile. */
    public void forEach(Consumer<Connection> action) {
        for (Connection c : connections) {
            if (c != null) {
                action.accept(c);
            }
        }
    }

    /** All connections in the order in which Zeek ends them when it has a seed: by key, byte for byte. */
    Connection[] inKeyOrder() {
        Connection[] all = new Connection[size];
        int n = 0;
        for (Connection c : connections) {
            if (c != null) {
                all[n++] = c;
            }
        }
        Arrays.sort(all, KeyOrder::compare);
        return all;
    }

    void clear() {
        Arrays.fill(tags, 0);
        Arrays.fill(connections, null);
        size = 0;
    }
}
