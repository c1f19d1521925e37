package dev.tandem.core.header;

import static dev.tandem.core.packet.NetworkOrder.i64;
import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import org.jspecify.annotations.Nullable;

/** The script record {@code ip6_mobility_hdr}: a Mobile IPv6 message (RFC 6275, 6.1). */
final class MobilityRecords {
    private static final int HEADER = 6;

    private final RecordFactory records;

    MobilityRecords(RecordFactory records) {
        this.records = records;
    }

    RecordValue header(byte[] data, int at, int length) {
        int type = u8(data, at + 2);
        RecordValue header = records.record("ip6_mobility_hdr");
        header.set(0, (long) u8(data, at));
        header.set(1, (long) u8(data, at + 1));
        header.set(2, (long) type);
        header.set(3, (long) u8(data, at + 3));
        header.set(4, (long) u16(data, at + 4));
        RecordValue message = records.record("ip6_mobility_msg");
        message.set(0, (long) type);
        RecordValue content = message(type, data, at + HEADER, at + length);
        if (content != null) {
            message.set(1 + type, content);
        }
        header.set(5, message);
        return header;
    }

    private @Nullable RecordValue message(int type, byte[] data, int at, int end) {
        return switch (type) {
            case 0 -> begin("ip6_mobility_brr", data, at, 2, end);
            case 1 -> init("ip6_mobility_hoti", data, at, end);
            case 2 -> init("ip6_mobility_coti", data, at, end);
            case 3 -> test("ip6_mobility_hot", data, at, end);
            case 4 -> test("ip6_mobility_cot", data, at, end);
            case 5 -> bindingUpdate(data, at, end);
            case 6 -> bindingAcknowledgement(data, at, end);
            case 7 -> bindingError(data, at, end);
            default -> null;
        };
    }

    /** A record whose first field is the first 16 bits and whose last are the options behind; null when too short. */
    private @Nullable RecordValue begin(String type, byte[] data, int at, int fixed, int end) {
        if (end - at < fixed) {
            return null;
        }
        RecordValue message = records.record(type);
        message.set(0, (long) u16(data, at));
        int options = switch (fixed) {
            case 2 -> 1;
            case 10 -> 2;
            default -> 3;
        };
        message.set(options, Ipv6HeaderRecords.options(records, data, at + fixed, end));
        return message;
    }

    private @Nullable RecordValue init(String type, byte[] data, int at, int end) {
        RecordValue message = begin(type, data, at, 10, end);
        if (message != null) {
            message.set(1, i64(data, at + 2));
        }
        return message;
    }

    private @Nullable RecordValue test(String type, byte[] data, int at, int end) {
        RecordValue message = begin(type, data, at, 18, end);
        if (message != null) {
            message.set(1, i64(data, at + 2));
            message.set(2, i64(data, at + 10));
        }
        return message;
    }

    private @Nullable RecordValue bindingUpdate(byte[] data, int at, int end) {
        if (end - at < 6) {
            return null;
        }
        int flags = u16(data, at + 2);
        RecordValue message = records.record("ip6_mobility_bu");
        message.set(0, (long) u16(data, at));
        for (int bit = 0; bit < 4; bit++) {
            message.set(1 + bit, (flags & 0x8000 >>> bit) != 0);
        }
        message.set(5, (long) u16(data, at + 4));
        message.set(6, Ipv6HeaderRecords.options(records, data, at + 6, end));
        return message;
    }

    private @Nullable RecordValue bindingAcknowledgement(byte[] data, int at, int end) {
        if (end - at < 6) {
            return null;
        }
        RecordValue message = records.record("ip6_mobility_back");
        message.set(0, (long) u8(data, at));
        message.set(1, (data[at + 1] & 0x80) != 0);
        message.set(2, (long) u16(data, at + 2));
        message.set(3, (long) u16(data, at + 4));
        message.set(4, Ipv6HeaderRecords.options(records, data, at + 6, end));
        return message;
    }

    private @Nullable RecordValue bindingError(byte[] data, int at, int end) {
        if (end - at < 18) {
            return null;
        }
        RecordValue message = records.record("ip6_mobility_be");
        message.set(0, (long) u8(data, at));
        message.set(1, Addr.v6(i64(data, at + 2), i64(data, at + 10)));
        message.set(2, Ipv6HeaderRecords.options(records, data, at + 18, end));
        return message;
    }
}
