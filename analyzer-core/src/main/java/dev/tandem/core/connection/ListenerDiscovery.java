package dev.tandem.core.connection;

import static dev.tandem.core.packet.NetworkOrder.i64;
import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.IcmpHeader;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import java.util.List;

/** The events of multicast listener reports (RFC 2710, RFC 3810); zeek {@code src/packet_analysis/protocol/icmp/ICMP.cc}. */
final class ListenerDiscovery {
    private static final int ADDRESS = 16;
    private static final int LEAST_RECORD = 20;

    /** The kinds of group records, from 1 on. */
    private static final List<String> KINDS = List.of(
            "MLDV2_MODE_IS_INCLUDE",
            "MLDV2_MODE_IS_EXCLUDE",
            "MLDV2_CHANGE_TO_INCLUDE_MODE",
            "MLDV2_CHANGE_TO_EXCLUDE_MODE",
            "MLDV2_ALLOW_NEW_SOURCES",
            "MLDV2_BLOCK_OLD_SOURCES");

    private final ConnectionTracker tracker;
    private final EventType report;
    private final EventType done;
    private final EventType reportOfGroups;

    ListenerDiscovery(ConnectionTracker tracker, EventRegistry events) {
        this.tracker = tracker;
        report = events.event("icmpv6_mld_report_v1");
        done = events.event("icmpv6_mld_done_v1");
        reportOfGroups = events.event("icmpv6_mld_report_v2");
    }

    void reported(Connection c, DecodedPacket p, int captured) {
        ofOneGroup(report, c, p, captured);
    }

    void done(Connection c, DecodedPacket p, int captured) {
        ofOneGroup(done, c, p, captured);
    }

    private void ofOneGroup(EventType event, Connection c, DecodedPacket p, int captured) {
        if (captured < ADDRESS) {
            c.weird("truncated_ICMPv6_MLDv1");
        } else if (event.wanted()) {
            tracker.queue().add(event, c.record(), address(p.data, p.at + IcmpHeader.BYTES));
        }
    }

    void reportedGroups(Connection c, DecodedPacket p, int captured) {
        int count = u16(p.data, p.at + 6);
        if (captured < count * LEAST_RECORD) {
            c.weird("truncated_ICMPv6_MLDv2");
            return;
        }
        Object groups = tracker.records().vector("icmp6_mldv2_mar_vec");
        int at = p.at + IcmpHeader.BYTES;
        int end = at + captured;
        for (int i = 0; i < count; i++) {
            int bytes = end - at < LEAST_RECORD ? LEAST_RECORD : recordBytes(p.data, at);
            if (end - at < bytes) {
                c.weird("truncated_ICMPv6_MLDv2_record");
                break;
            }
            tracker.records().append(groups, group(p.data, at));
            at += bytes;
        }
        if (reportOfGroups.wanted()) {
            tracker.queue().add(reportOfGroups, c.record(), groups);
        }
    }

    private static int recordBytes(byte[] data, int at) {
        return LEAST_RECORD + ADDRESS * u16(data, at + 2) + 4 * u8(data, at + 1);
    }

    private RecordValue group(byte[] data, int at) {
        int kind = u8(data, at);
        int auxiliary = 4 * u8(data, at + 1);
        int sources = u16(data, at + 2);
        RecordValue group = tracker.records().record("icmp6_mldv2_mar");
        if (kind >= 1 && kind <= KINDS.size()) {
            group.set(0, tracker.records().enumValue(KINDS.get(kind - 1)));
        }
        group.set(1, (long) auxiliary);
        group.set(2, (long) sources);
        group.set(3, address(data, at + 4));
        Object addresses = tracker.records().vector("addr_vec");
        int next = at + LEAST_RECORD;
        for (int i = 0; i < sources; i++) {
            tracker.records().append(addresses, address(data, next));
            next += ADDRESS;
        }
        group.set(4, addresses);
        if (auxiliary > 0) {
            group.set(5, Bytes.copyOf(data, next, next + auxiliary));
        }
        return group;
    }

    private static Addr address(byte[] data, int at) {
        return Addr.v6(i64(data, at), i64(data, at + 8));
    }
}
