package dev.tandem.core.connection;

import dev.tandem.core.event.EventType;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.NetworkOrder;
import dev.tandem.core.record.RecordValue;

/**
 * How orderly the segments of one side come: what was sent again, what was overtaken, what was captured twice. Told by
 * sequence numbers and by the identification field of IPv4, which senders count up, in whatever byte order (zeek {@code
 * src/analyzer/protocol/tcp/TCP.cc}, TCPStats_Endpoint). Kept only while events ask for it.
 */
final class SegmentStatistics {
    /** An identification a little below the last one was overtaken; one far below is a wrap. */
    private static final int OVERTAKEN_BELOW = 256;

    private static final int BIG_ENDIAN = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int CONFUSED = 3;

    private long packets;
    private long retransmissions;
    private long retransmittedBytes;
    private long inOrder;
    private long outOfOrder;
    private long replicated;
    private int endian;
    private int lastId;
    private long highest;

    /** Takes a segment into account; {@code relative} is the sequence number of its payload. */
    void segment(TcpConnection c, TcpEndpoint endpoint, DecodedPacket p, long relative, int payload) {
        int id = p.ipVersion == 4 ? NetworkOrder.u16(p.data, p.ipAt + 4) : 0;
        packets++;
        if (packets == 1) {
            lastId = id;
            return;
        }
        if (id == lastId) {
            replicated++;
            return;
        }
        int delta = (short) (id - lastId);
        int swapped = (short) (swap(id) - swap(lastId));
        boolean big = Math.abs(delta) < Math.abs(swapped);
        int order = big ? BIG_ENDIAN : LITTLE_ENDIAN;
        endian = endian == 0 || endian == order ? order : CONFUSED;
        int step = big ? delta : swapped;
        if (step < 0 && step > -OVERTAKEN_BELOW) {
            outOfOrder++;
            return;
        }
        lastId = id;
        inOrder++;
        long top = relative + payload;
        if (top > highest) {
            highest = top;
            return;
        }
        long inFlight = Math.max(0, Sequence.delta(endpoint.lastSequence, endpoint.acknowledged));
        if (!c.tracker.settings().ignoreKeepAliveRexmit || payload > 1 || inFlight > 0) {
            retransmissions++;
            retransmittedBytes += payload;
        }
        EventType event = c.tracker.events().retransmission;
        if (event.wanted()) {
            c.tracker
                    .queue()
                    .add(
                            event,
                            c.record(),
                            endpoint.isOriginator,
                            relative,
                            (long) payload,
                            inFlight,
                            endpoint.peer().window());
        }
    }

    private static int swap(int id) {
        return (id & 0xff) << 8 | id >>> 8;
    }

    /** The script record endpoint_stats. */
    RecordValue record(ConnectionTracker tracker) {
        RecordValue r = tracker.records().record("endpoint_stats");
        r.set(0, packets);
        r.set(1, retransmissions);
        r.set(2, retransmittedBytes);
        r.set(3, inOrder);
        r.set(4, outOfOrder);
        r.set(5, replicated);
        r.set(6, (long) endian);
        return r;
    }
}
