package dev.tandem.core.header;

import static dev.tandem.core.packet.NetworkOrder.i32;
import static dev.tandem.core.packet.NetworkOrder.i64;
import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u32;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.IpProtocol;
import dev.tandem.core.packet.Ipv6Headers;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;

/** The script record {@code ip6_hdr} with its chain of extension headers (RFC 8200, 4; zeek {@code src/IP.cc}, ToVal). */
final class Ipv6HeaderRecords {
    private static final int AUTHENTICATION_WITH_SEQUENCE = 12;

    private final RecordFactory records;
    private final MobilityRecords mobility;

    Ipv6HeaderRecords(RecordFactory records) {
        this.records = records;
        mobility = new MobilityRecords(records);
    }

    RecordValue header(DecodedPacket p) {
        byte[] data = p.data;
        int at = p.ipAt;
        RecordValue ip = records.record("ip6_hdr");
        ip.set(0, (long) (i32(data, at) >>> 20 & 0xff));
        ip.set(1, (long) (i32(data, at) & 0xfffff));
        ip.set(2, (long) u16(data, at + 4));
        ip.set(3, (long) u8(data, at + 6));
        ip.set(4, (long) u8(data, at + 7));
        ip.set(5, Addr.v6(i64(data, at + 8), i64(data, at + 16)));
        ip.set(6, Addr.v6(i64(data, at + 24), i64(data, at + 32)));
        ip.set(7, chain(p));
        return ip;
    }

    private Object chain(DecodedPacket p) {
        Object chain = records.vector("ip6_ext_hdr_chain");
        int type = IpProtocol.IPV6;
        int at = p.ipAt;
        for (int i = 0; i < p.ipHeaders; i++) {
            int length = Ipv6Headers.length(p.data, at, type);
            if (i > 0) {
                records.append(chain, extension(p.data, at, length, type));
            }
            type = Ipv6Headers.nextHeader(p.data, at, type);
            at += length;
        }
        return chain;
    }

    private RecordValue extension(byte[] data, int at, int length, int type) {
        RecordValue extension = records.record("ip6_ext_hdr");
        extension.set(0, (long) type);
        switch (type) {
            case IpProtocol.HOP_BY_HOP -> extension.set(1, options("ip6_hopopts", data, at, length));
            case IpProtocol.DESTINATION_OPTIONS -> extension.set(2, options("ip6_dstopts", data, at, length));
            case IpProtocol.ROUTING -> extension.set(3, routing(data, at, length));
            case IpProtocol.FRAGMENT -> extension.set(4, fragment(data, at));
            case IpProtocol.AUTHENTICATION -> extension.set(5, authentication(data, at, length));
            case IpProtocol.ESP -> extension.set(6, esp(data, at));
            case IpProtocol.MOBILITY -> extension.set(7, mobility.header(data, at, length));
            default -> {}
        }
        return extension;
    }

    private RecordValue options(String type, byte[] data, int at, int length) {
        RecordValue header = records.record(type);
        header.set(0, (long) u8(data, at));
        header.set(1, (long) u8(data, at + 1));
        header.set(2, options(records, data, at + 2, at + length));
        return header;
    }

    /** The type-length-value options between two places; a broken one ends them. */
    static Object options(RecordFactory records, byte[] data, int from, int end) {
        Object options = records.vector("ip6_options");
        int at = from;
        while (end - at >= 2) {
            int type = u8(data, at);
            // A single byte of padding has no length.
            int length = type == 0 ? 0 : u8(data, at + 1);
            if (type != 0 && end - at < length + 2) {
                break;
            }
            RecordValue option = records.record("ip6_option");
            option.set(0, (long) type);
            option.set(1, (long) length);
            option.set(2, Bytes.copyOf(data, at + 2, at + 2 + length));
            records.append(options, option);
            at += type == 0 ? 1 : 2 + length;
        }
        return options;
    }

    private RecordValue routing(byte[] data, int at, int length) {
        RecordValue header = records.record("ip6_routing");
        header.set(0, (long) u8(data, at));
        header.set(1, (long) u8(data, at + 1));
        header.set(2, (long) u8(data, at + 2));
        header.set(3, (long) u8(data, at + 3));
        header.set(4, Bytes.copyOf(data, at + 4, at + length));
        return header;
    }

    private RecordValue fragment(byte[] data, int at) {
        int field = u16(data, at + 2);
        RecordValue header = records.record("ip6_fragment");
        header.set(0, (long) u8(data, at));
        header.set(1, (long) u8(data, at + 1));
        header.set(2, (long) (field >>> 3));
        header.set(3, (long) (field >>> 1 & 3));
        header.set(4, (field & 1) != 0);
        header.set(5, u32(data, at + 4));
        return header;
    }

    private RecordValue authentication(byte[] data, int at, int length) {
        RecordValue header = records.record("ip6_ah");
        header.set(0, (long) u8(data, at));
        header.set(1, (long) u8(data, at + 1));
        header.set(2, (long) u16(data, at + 2));
        header.set(3, u32(data, at + 4));
        if (length >= AUTHENTICATION_WITH_SEQUENCE) {
            header.set(4, u32(data, at + 8));
            header.set(5, Bytes.copyOf(data, at + AUTHENTICATION_WITH_SEQUENCE, at + length));
        }
        return header;
    }

    private RecordValue esp(byte[] data, int at) {
        RecordValue header = records.record("ip6_esp");
        header.set(0, u32(data, at));
        header.set(1, u32(data, at + 4));
        return header;
    }
}
