package dev.tandem.core.connection;

import static dev.tandem.core.packet.NetworkOrder.i64;
import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u32;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.IcmpHeader;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;

/** The events of IPv6 neighbour discovery (RFC 4861, 4); zeek {@code src/packet_analysis/protocol/icmp/ICMP.cc}. */
final class NeighborDiscovery {
    private static final int ADDRESS = 16;

    private final ConnectionTracker tracker;
    private final IcmpContext context;
    private final EventType routerSolicitation;
    private final EventType routerAdvertisement;
    private final EventType neighborSolicitation;
    private final EventType neighborAdvertisement;
    private final EventType redirect;

    NeighborDiscovery(ConnectionTracker tracker, EventRegistry events, IcmpContext context) {
        this.tracker = tracker;
        this.context = context;
        routerSolicitation = events.event("icmp_router_solicitation");
        routerAdvertisement = events.event("icmp_router_advertisement");
        neighborSolicitation = events.event("icmp_neighbor_solicitation");
        neighborAdvertisement = events.event("icmp_neighbor_advertisement");
        redirect = events.event("icmp_redirect");
    }

    /**
     * Raises the event of a message of types 133 to 137.
     *
     * @param info asked for when the event is raised
     * @param captured bytes behind the ICMP header
     */
    void message(Connection c, DecodedPacket p, IcmpEvents.Fields info, int captured) {
        int at = p.at + IcmpHeader.BYTES;
        switch (u8(p.data, p.at)) {
            case 133 -> {
                if (routerSolicitation.wanted()) {
                    tracker.queue().add(routerSolicitation, c.record(), info.make(), options(c, p.data, at, captured));
                }
            }
            case 134 -> advertiseRouter(c, p, info, captured);
            case 135 -> {
                if (neighborSolicitation.wanted() && fits(ADDRESS, captured, "icmp6_ns_bad_opt_offset")) {
                    tracker.queue()
                            .add(
                                    neighborSolicitation,
                                    c.record(),
                                    info.make(),
                                    address(p.data, at),
                                    options(c, p.data, at + ADDRESS, captured - ADDRESS));
                }
            }
            case 136 -> advertiseNeighbor(c, p, info, captured);
            default -> redirect(c, p, info, captured);
        }
    }

    private boolean fits(int fixed, int captured, String weird) {
        if (captured < fixed) {
            tracker.weird().net(weird, fixed + " (length " + captured + ")", "ICMP");
            return false;
        }
        return true;
    }

    private void advertiseRouter(Connection c, DecodedPacket p, IcmpEvents.Fields info, int captured) {
        if (!routerAdvertisement.wanted() || !fits(8, captured, "icmp6_ra_bad_opt_offset")) {
            return;
        }
        int at = p.at + IcmpHeader.BYTES;
        int flags = u8(p.data, p.at + 5);
        tracker.queue()
                .add(
                        routerAdvertisement,
                        c.record(),
                        info.make(),
                        (long) u8(p.data, p.at + 4),
                        (flags & 0x80) != 0,
                        (flags & 0x40) != 0,
                        (flags & 0x20) != 0,
                        (long) (flags >>> 3 & 3),
                        (flags & 0x04) != 0,
                        (long) (flags & 2),
                        (double) u16(p.data, p.at + 6),
                        u32(p.data, at) / 1e3,
                        u32(p.data, at + 4) / 1e3,
                        options(c, p.data, at + 8, captured - 8));
    }

    private void advertiseNeighbor(Connection c, DecodedPacket p, IcmpEvents.Fields info, int captured) {
        if (!neighborAdvertisement.wanted() || !fits(ADDRESS, captured, "icmp6_na_bad_opt_offset")) {
            return;
        }
        int at = p.at + IcmpHeader.BYTES;
        int flags = u8(p.data, p.at + 4);
        tracker.queue()
                .add(
                        neighborAdvertisement,
                        c.record(),
                        info.make(),
                        (flags & 0x80) != 0,
                        (flags & 0x40) != 0,
                        (flags & 0x20) != 0,
                        address(p.data, at),
                        options(c, p.data, at + ADDRESS, captured - ADDRESS));
    }

    private void redirect(Connection c, DecodedPacket p, IcmpEvents.Fields info, int captured) {
        if (!redirect.wanted() || !fits(2 * ADDRESS, captured, "icmp6_redirect_bad_opt_offset")) {
            return;
        }
        int at = p.at + IcmpHeader.BYTES;
        tracker.queue()
                .add(
                        redirect,
                        c.record(),
                        info.make(),
                        address(p.data, at),
                        address(p.data, at + ADDRESS),
                        options(c, p.data, at + 2 * ADDRESS, captured - 2 * ADDRESS));
    }

    private static Addr address(byte[] data, int at) {
        return Addr.v6(i64(data, at), i64(data, at + 8));
    }

    private Object options(Connection c, byte[] data, int from, int bytes) {
        Object options = tracker.records().vector("icmp6_nd_options");
        int at = from;
        int left = bytes;
        while (left > 0) {
            if (left < 2) {
                c.weird("truncated_ICMPv6_ND_options");
                break;
            }
            int units = u8(data, at + 1);
            if (units == 0) {
                c.weird("zero_length_ICMPv6_ND_option");
                break;
            }
            RecordValue option = tracker.records().record("icmp6_nd_option");
            option.set(0, (long) u8(data, at));
            option.set(1, (long) units);
            fill(option, u8(data, at), data, at + 2, units * 8 - 2, left - 2);
            tracker.records().append(options, option);
            at += units * 8;
            left -= units * 8;
        }
        return options;
    }

    /** What is known of an option that is there in full; else its bytes. */
    private void fill(RecordValue option, int type, byte[] data, int at, int length, int left) {
        boolean whole = left >= length;
        if ((type == 1 || type == 2) && whole) {
            option.set(2, Bytes.copyOf(data, at, at + length));
        } else if (type == 3 && left >= 30) {
            option.set(3, prefix(data, at));
        } else if (type == 4 && whole) {
            option.set(4, context.v6(data, at + 6, length - 6));
        } else if (type == 5 && left >= 6) {
            option.set(5, u32(data, at + 2));
        } else {
            option.set(6, Bytes.copyOf(data, at, at + Math.min(length, left)));
        }
    }

    private RecordValue prefix(byte[] data, int at) {
        RecordValue prefix = tracker.records().record("icmp6_nd_prefix_info");
        prefix.set(0, (long) u8(data, at));
        prefix.set(1, (data[at + 1] & 0x80) != 0);
        prefix.set(2, (data[at + 1] & 0x40) != 0);
        prefix.set(3, (double) u32(data, at + 2));
        prefix.set(4, (double) u32(data, at + 6));
        prefix.set(5, address(data, at + 14));
        return prefix;
    }
}
