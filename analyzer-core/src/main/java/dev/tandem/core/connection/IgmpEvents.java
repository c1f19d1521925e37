package dev.tandem.core.connection;

import static dev.tandem.core.packet.NetworkOrder.i32;
import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.InternetChecksum;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;

/**
 * Who wants to receive which multicast groups (IGMP; RFC 1112, 2236, 3376). Its messages make no connections, only events
 * (zeek {@code src/packet_analysis/protocol/igmp}).
 *
 * <pre>
 *   0        1        2        3
 *  +--------+--------+-----------------+
 *  |  type  |  code  |    checksum     |
 *  |          group address            |  not in version 3 reports, which have a number of records there
 *  +-----------------------------------+
 * </pre>
 */
final class IgmpEvents {
    private static final String NAME = "IGMP";
    private static final int HEADER = 8;
    private static final int QUERY_V3 = 12;
    private static final int GROUP_HEADER = 8;

    private static final int QUERY = 0x11;
    private static final int REPORT_V1 = 0x12;
    private static final int REPORT_V2 = 0x16;
    private static final int LEAVE = 0x17;
    private static final int REPORT_V3 = 0x22;

    /** Kinds of group records in version 3 reports, from 1 on. */
    private static final String[] GROUP_TYPES = {
        "MODE_IS_INCLUDE",
        "MODE_IS_EXCLUDE",
        "CHANGE_TO_INCLUDE_MODE",
        "CHANGE_TO_EXCLUDE_MODE",
        "ALLOW_NEW_SOURCES",
        "BLOCK_OLD_SOURCES"
    };

    private final ConnectionTracker tracker;
    private final EventType message;
    private final EventType query;
    private final EventType reportV1;
    private final EventType reportV2;
    private final EventType reportV3;
    private final EventType leave;

    IgmpEvents(ConnectionTracker tracker, EventRegistry events) {
        this.tracker = tracker;
        message = events.event("IGMP::message");
        query = events.event("IGMP::membership_query");
        reportV1 = events.event("IGMP::membership_report_v1");
        reportV2 = events.event("IGMP::membership_report_v2");
        reportV3 = events.event("IGMP::membership_report_v3");
        leave = events.event("IGMP::leave_group");
    }

    /** Takes a packet of protocol 2, whose payload is at the cursor. */
    void packet(DecodedPacket p) {
        p.enter(NAME);
        p.processed = true;
        if (p.remaining() < HEADER) {
            tracker.weird(p, "truncated_IGMP", "", NAME);
            return;
        }
        int type = u8(p.data, p.at);
        switch (type) {
            case QUERY -> query(p);
            case REPORT_V1 -> group(p, "MEMBERSHIP_REPORT_V1", reportV1, HEADER);
            case REPORT_V2 -> group(p, "MEMBERSHIP_REPORT_V2", reportV2, HEADER);
            case LEAVE -> group(p, "LEAVE_GROUP", leave, HEADER);
            case REPORT_V3 -> groups(p);
            default -> tracker.weird(p, "igmp_unknown_type", Integer.toString(type), NAME);
        }
    }

    /** As Zeek, of queries only those of version 3, which are longer. */
    private void query(DecodedPacket p) {
        if (p.remaining() >= QUERY_V3) {
            group(p, "MEMBERSHIP_QUERY", query, p.remaining());
        }
    }

    private void group(DecodedPacket p, String type, EventType event, int bytes) {
        raiseMessage(p, type);
        if (isIntact(p, bytes) && event.wanted()) {
            tracker.queue().add(event, p.source(), Addr.v4(i32(p.data, p.at + 4)));
        }
    }

    private void groups(DecodedPacket p) {
        int count = u16(p.data, p.at + 6);
        int end = endOfGroups(p, count);
        if (end < 0) {
            tracker.weird(p, "truncated_IGMP", "", NAME);
            return;
        }
        raiseMessage(p, "MEMBERSHIP_REPORT_V3");
        if (!isIntact(p, end - p.at) || !reportV3.wanted()) {
            return;
        }
        RecordFactory records = tracker.records();
        Object all = records.vector("IGMP::groups");
        int at = p.at + HEADER;
        for (int i = 0; i < count; i++) {
            records.append(all, group(p.data, at));
            at += groupBytes(p.data, at);
        }
        tracker.queue().add(reportV3, p.source(), all);
    }

    /** Where the group records end; -1 when that is beyond the packet, or one has no known type. */
    private static int endOfGroups(DecodedPacket p, int count) {
        int at = p.at + HEADER;
        for (int i = 0; i < count; i++) {
            if (p.end - at < GROUP_HEADER || p.end - at < groupBytes(p.data, at)) {
                return -1;
            }
            int type = u8(p.data, at);
            if (type == 0 || type > GROUP_TYPES.length) {
                return -1;
            }
            at += groupBytes(p.data, at);
        }
        return at;
    }

    private static int groupBytes(byte[] data, int at) {
        return GROUP_HEADER + 4 * u16(data, at + 2) + u8(data, at + 1);
    }

    private RecordValue group(byte[] data, int at) {
        RecordFactory records = tracker.records();
        int count = u16(data, at + 2);
        RecordValue group = records.record("IGMP::Group");
        group.set(0, records.enumValue("IGMP::" + GROUP_TYPES[u8(data, at) - 1]));
        group.set(1, (long) u8(data, at + 1));
        group.set(2, (long) count);
        group.set(3, Addr.v4(i32(data, at + 4)));
        Object sources = records.vector("addr_vec");
        int next = at + GROUP_HEADER;
        for (int i = 0; i < count; i++) {
            records.append(sources, Addr.v4(i32(data, next)));
            next += 4;
        }
        group.set(4, sources);
        group.set(5, Bytes.copyOf(data, next, next + u8(data, at + 1)));
        return group;
    }

    private void raiseMessage(DecodedPacket p, String type) {
        if (message.wanted()) {
            RecordFactory records = tracker.records();
            tracker.queue().add(message, tracker.headerRecords().rawHeaders(p), records.enumValue("IGMP::" + type));
        }
    }

    private boolean isIntact(DecodedPacket p, int bytes) {
        if (!tracker.settings().ip.verifies(p) || InternetChecksum.intact(p.data, p.at, bytes)) {
            return true;
        }
        tracker.weird(p, "igmp_invalid_checksum", "", NAME);
        return false;
    }
}
