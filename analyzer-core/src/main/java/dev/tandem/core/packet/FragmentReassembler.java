package dev.tandem.core.packet;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts IP datagrams together from fragments. Holds at most {@link IpSettings#fragmentBytes}; incomplete datagrams go
 * after {@link IpSettings#fragmentTimeout}, looked at when the next fragment comes, since nobody hears of it otherwise
 * (zeek {@code src/Frag.cc}).
 */
public final class FragmentReassembler {
    private static final int LEAST_BYTES = 64;
    private static final int MOST_BYTES = 64_000;

    private record Key(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, long id) {}

    private final PacketNotes notes;
    private final IpSettings settings;
    // In order of their first fragments, so that the head is the next to expire.
    private final Map<Key, Datagram> datagrams = new LinkedHashMap<>();
    private long heldBytes;
    private int most;
    private long dropped;

    FragmentReassembler(PacketNotes notes, IpSettings settings) {
        this.notes = notes;
        this.settings = settings;
    }

    /** Datagrams that wait for more. */
    public int waiting() {
        return datagrams.size();
    }

    /** The most that ever waited. */
    public int most() {
        return most;
    }

    /** Datagrams given up since their fragments took too much memory. */
    public long dropped() {
        return dropped;
    }

    /** Bytes of fragments held. */
    public long heldBytes() {
        return heldBytes;
    }

    /** Forgets everything. */
    public void clear() {
        datagrams.clear();
        heldBytes = 0;
    }

    /**
     * Takes the fragment at the cursor. When that completes its datagram, cursor and data of the packet are set to the
     * whole one, headers in front, fragment header gone.
     *
     * @return the protocol behind the headers when complete, -1 when fragments are missing
     */
    int add(DecodedPacket p) {
        expire(p.timeNanos);
        Key key = new Key(p.sourceHigh, p.sourceLow, p.destinationHigh, p.destinationLow, p.fragmentId);
        Datagram datagram = datagrams.get(key);
        if (datagram == null) {
            datagram = new Datagram(p);
            datagrams.put(key, datagram);
            most = Math.max(most, datagrams.size());
            heldBytes += datagram.heldBytes();
        }
        long before = datagram.heldBytes();
        boolean complete = insert(p, datagram);
        heldBytes += datagram.heldBytes() - before;
        if (complete) {
            datagrams.remove(key);
            heldBytes -= datagram.heldBytes();
            datagram.assembleInto(p);
            return datagram.nextProtocol();
        }
        while (heldBytes > settings.fragmentBytes && !datagrams.isEmpty()) {
            dropOldest();
            notes.weird(p, "fragment_memory_exceeded", "", "IP");
        }
        return -1;
    }

    private boolean insert(DecodedPacket p, Datagram datagram) {
        if (!datagram.sameHeader(p)) {
            flowWeird(p, "fragment_protocol_inconsistency");
        }
        if (p.dontFragment) {
            flowWeird(p, "fragment_with_DF");
        }
        int upper = p.fragmentOffset + p.ipTotalBytes - p.ipHeaderBytes;
        if (p.fragmentOffset == 0) {
            datagram.nextProtocol(p.protocol);
        }
        if (!p.moreFragments) {
            if (!datagram.sizeKnown()) {
                datagram.size(upper);
            } else if (upper != datagram.size()) {
                flowWeird(p, "fragment_size_inconsistency");
                datagram.size(Math.max(upper, datagram.size()));
            }
        } else if (p.ipTotalBytes < LEAST_BYTES) {
            flowWeird(p, "excessively_small_fragment");
        }
        if (upper > MOST_BYTES) {
            flowWeird(p, "excessively_large_fragment");
        }
        if (datagram.sizeKnown() && upper > datagram.size()) {
            flowWeird(p, "fragment_size_inconsistency");
            datagram.size(upper);
        }
        int bytes = p.ipTotalBytes - p.ipHeaderBytes;
        if (bytes == 0) {
            return false;
        }
        datagram.overlaps(
                p.data,
                p.ipAt + p.ipHeaderBytes,
                p.fragmentOffset,
                bytes,
                same -> flowWeird(p, same ? "fragment_overlap" : "fragment_inconsistency"));
        datagram.insert(p.data, p.ipAt + p.ipHeaderBytes, p.fragmentOffset, bytes);
        return datagram.complete(() -> flowWeird(p, "fragment_size_inconsistency"));
    }

    private void flowWeird(DecodedPacket p, String name) {
        notes.weird(p, name, "", "");
    }

    private void expire(long nowNanos) {
        if (settings.fragmentTimeout == 0) {
            return;
        }
        long limit = (long) (settings.fragmentTimeout * 1e9);
        Iterator<Datagram> oldest = datagrams.values().iterator();
        while (oldest.hasNext()) {
            Datagram datagram = oldest.next();
            if (nowNanos - datagram.firstNanos() < limit) {
                return;
            }
            heldBytes -= datagram.heldBytes();
            oldest.remove();
        }
    }

    private void dropOldest() {
        Iterator<Datagram> oldest = datagrams.values().iterator();
        heldBytes -= oldest.next().heldBytes();
        oldest.remove();
        dropped++;
    }
}
