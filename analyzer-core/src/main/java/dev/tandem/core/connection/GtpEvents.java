package dev.tandem.core.connection;

import static dev.tandem.core.packet.NetworkOrder.i32;
import static dev.tandem.core.packet.NetworkOrder.i64;
import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u32;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.tunnel.GtpElements;
import dev.tandem.core.tunnel.GtpParser;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The events of GTP messages, those that set up and end data sessions (PDP contexts) with all their elements (3GPP TS 29.060,
 * 7.3). Which field of the script's record an element fills is told by tables in the order of the fields.
 */
final class GtpEvents {
    private static final int[] CREATE_REQUEST = {
        GtpElements.IMSI,
        GtpElements.ROUTEING_AREA,
        GtpElements.RECOVERY,
        GtpElements.SELECTION_MODE,
        GtpElements.TUNNEL_DATA,
        GtpElements.TUNNEL_CONTROL,
        GtpElements.NSAPI,
        GtpElements.NSAPI,
        GtpElements.CHARGING_CHARACTERISTICS,
        GtpElements.TRACE_REFERENCE,
        GtpElements.TRACE_TYPE,
        GtpElements.END_USER_ADDRESS,
        GtpElements.ACCESS_POINT,
        GtpElements.PROTOCOL_OPTIONS,
        GtpElements.GSN_ADDRESS,
        GtpElements.GSN_ADDRESS,
        GtpElements.MSISDN,
        GtpElements.QUALITY_OF_SERVICE,
        GtpElements.TRAFFIC_FLOW_TEMPLATE,
        GtpElements.TRIGGER_ID,
        GtpElements.OMC_ID,
        GtpElements.PRIVATE_EXTENSION
    };
    private static final int[] CREATE_RESPONSE = {
        GtpElements.CAUSE,
        GtpElements.REORDERING,
        GtpElements.RECOVERY,
        GtpElements.TUNNEL_DATA,
        GtpElements.TUNNEL_CONTROL,
        GtpElements.CHARGING_ID,
        GtpElements.END_USER_ADDRESS,
        GtpElements.PROTOCOL_OPTIONS,
        GtpElements.GSN_ADDRESS,
        GtpElements.GSN_ADDRESS,
        GtpElements.QUALITY_OF_SERVICE,
        GtpElements.CHARGING_GATEWAY,
        GtpElements.PRIVATE_EXTENSION
    };
    private static final int[] UPDATE_REQUEST = {
        GtpElements.IMSI,
        GtpElements.ROUTEING_AREA,
        GtpElements.RECOVERY,
        GtpElements.TUNNEL_DATA,
        GtpElements.TUNNEL_CONTROL,
        GtpElements.NSAPI,
        GtpElements.TRACE_REFERENCE,
        GtpElements.TRACE_TYPE,
        GtpElements.GSN_ADDRESS,
        GtpElements.GSN_ADDRESS,
        GtpElements.QUALITY_OF_SERVICE,
        GtpElements.TRAFFIC_FLOW_TEMPLATE,
        GtpElements.TRIGGER_ID,
        GtpElements.OMC_ID,
        GtpElements.PRIVATE_EXTENSION,
        GtpElements.END_USER_ADDRESS
    };
    private static final int[] UPDATE_RESPONSE = {
        GtpElements.CAUSE,
        GtpElements.RECOVERY,
        GtpElements.TUNNEL_DATA,
        GtpElements.TUNNEL_CONTROL,
        GtpElements.CHARGING_ID,
        GtpElements.GSN_ADDRESS,
        GtpElements.GSN_ADDRESS,
        GtpElements.QUALITY_OF_SERVICE,
        GtpElements.CHARGING_GATEWAY,
        GtpElements.PRIVATE_EXTENSION
    };
    private static final int[] DELETE_REQUEST = {GtpElements.TEARDOWN, GtpElements.NSAPI, GtpElements.PRIVATE_EXTENSION
    };
    private static final int[] DELETE_RESPONSE = {GtpElements.CAUSE, GtpElements.PRIVATE_EXTENSION};

    private static final int PPP_IPV4 = 0x21;
    private static final int PPP_IPV6 = 0x57;

    /** A message, its event, and the fields of its elements. */
    private record Session(EventType event, String recordType, int[] fields) {}

    private final ConnectionTracker tracker;
    private final GtpParser gtp;
    private final EventType anyMessage;
    private final Session[] sessions;
    private final GtpElements elements = new GtpElements();

    GtpEvents(ConnectionTracker tracker, EventRegistry events, GtpParser gtp) {
        this.tracker = tracker;
        this.gtp = gtp;
        anyMessage = events.event("gtpv1_message");
        sessions = new Session[] {
            session(events, "create_pdp_ctx_request", CREATE_REQUEST),
            session(events, "create_pdp_ctx_response", CREATE_RESPONSE),
            session(events, "update_pdp_ctx_request", UPDATE_REQUEST),
            session(events, "update_pdp_ctx_response", UPDATE_RESPONSE),
            session(events, "delete_pdp_ctx_request", DELETE_REQUEST),
            session(events, "delete_pdp_ctx_response", DELETE_RESPONSE)
        };
    }

    private static Session session(EventRegistry events, String name, int[] fields) {
        return new Session(events.event("gtpv1_" + name), "gtp_" + name + "_elements", fields);
    }

    /** The message that the parser has just read. */
    void message(Connection c, byte[] data, int end) {
        if (anyMessage.wanted()) {
            tracker.queue().add(anyMessage, c.record(), header(data));
        }
        int number = gtp.messageType(data) - GtpParser.CREATE_REQUEST;
        if (number >= 0 && number < sessions.length && gtp.isWhole()) {
            Session session = sessions[number];
            if (session.event.wanted()) {
                RecordValue fields = fields(session, data, gtp.contentAt(), end);
                tracker.queue().add(session.event, c.record(), header(data), fields);
            }
        }
    }

    private RecordValue fields(Session session, byte[] data, int from, int end) {
        RecordValue record = tracker.records().record(session.recordType);
        elements.begin(data, from, end);
        int filled = 0;
        while (elements.next()) {
            int field = field(session.fields, elements.type(), filled);
            if (field < 0) {
                tracker.weird()
                        .net("gtp_invalid_info_element", Integer.toString(elements.type()), UdpTunnels.GTP_SOURCE);
                continue;
            }
            filled |= 1 << field;
            Object value = value(data, elements.type(), elements.at(), elements.length());
            if (value != null) {
                record.set(field, value);
            }
        }
        return record;
    }

    /** The first free field of that type, else its last; -1 when it has none. */
    private static int field(int[] fields, int type, int filled) {
        int found = -1;
        for (int i = 0; i < fields.length; i++) {
            if (fields[i] == type) {
                found = i;
                if ((filled & 1 << i) == 0) {
                    break;
                }
            }
        }
        return found;
    }

    private @Nullable Object value(byte[] data, int type, int at, int length) {
        return switch (type) {
            case GtpElements.CAUSE, GtpElements.RECOVERY -> (long) u8(data, at);
            case GtpElements.SELECTION_MODE -> (long) (data[at] & 1);
            case GtpElements.NSAPI -> (long) (data[at] & 0xf);
            case GtpElements.REORDERING, GtpElements.TEARDOWN -> (data[at] & 1) != 0;
            case GtpElements.CHARGING_CHARACTERISTICS, GtpElements.TRACE_REFERENCE, GtpElements.TRACE_TYPE ->
                (long) u16(data, at);
            case GtpElements.TUNNEL_DATA, GtpElements.TUNNEL_CONTROL, GtpElements.CHARGING_ID -> u32(data, at);
            case GtpElements.IMSI -> imsi(data, at);
            case GtpElements.ROUTEING_AREA -> routeingArea(data, at);
            case GtpElements.END_USER_ADDRESS -> endUserAddress(data, at, length);
            case GtpElements.GSN_ADDRESS -> gsnAddress(data, at, length);
            case GtpElements.CHARGING_GATEWAY -> address(data, at, length);
            case GtpElements.QUALITY_OF_SERVICE -> numbered("gtp_qos_profile", u8(data, at), data, at + 1, at + length);
            case GtpElements.PRIVATE_EXTENSION ->
                numbered("gtp_private_extension", u16(data, at), data, at + 2, at + length);
            default -> Bytes.copyOf(data, at, at + length);
        };
    }

    /** Digits, the lower half of a byte first; 15 is none. */
    private static long imsi(byte[] data, int at) {
        long number = 0;
        for (int i = 0; i < 8; i++) {
            for (int digit : new int[] {data[at + i] & 0xf, data[at + i] >> 4 & 0xf}) {
                if (digit != 0xf) {
                    number = 10 * number + digit;
                }
            }
        }
        return number;
    }

    private RecordValue routeingArea(byte[] data, int at) {
        int country = 100 * (data[at] & 0xf) + 10 * (data[at] >> 4 & 0xf) + (data[at + 1] & 0xf);
        int third = data[at + 1] >> 4 & 0xf;
        int two = 10 * (data[at + 2] & 0xf) + (data[at + 2] >> 4 & 0xf);
        RecordValue area = tracker.records().record("gtp_rai");
        area.set(0, (long) country);
        // As Zeek reads it: a third digit of 0 counts, any other is taken for none.
        area.set(1, (long) (third != 0 ? two : 10 * two));
        area.set(2, (long) u16(data, at + 3));
        area.set(3, (long) u8(data, at + 5));
        return area;
    }

    private RecordValue endUserAddress(byte[] data, int at, int length) {
        int type = u8(data, at + 1);
        int bytes = length - 2;
        RecordValue user = tracker.records().record("gtp_end_user_addr");
        user.set(0, (long) (data[at] & 0xf));
        user.set(1, (long) type);
        if (type == PPP_IPV4 || type == PPP_IPV6) {
            int needed = type == PPP_IPV4 ? 4 : 16;
            Addr address = bytes >= needed ? address(data, at + 2, needed) : null;
            if (address != null) {
                user.set(2, address);
            }
        } else if (bytes > 0) {
            user.set(3, Bytes.copyOf(data, at + 2, at + length));
        }
        return user;
    }

    private RecordValue gsnAddress(byte[] data, int at, int length) {
        RecordValue node = tracker.records().record("gtp_gsn_addr");
        Addr address = address(data, at, length);
        if (address != null) {
            node.set(0, address);
        } else {
            node.set(1, Bytes.copyOf(data, at, at + length));
        }
        return node;
    }

    private static @Nullable Addr address(byte[] data, int at, int length) {
        return switch (length) {
            case 4 -> Addr.v4(i32(data, at));
            case 16 -> Addr.v6(i64(data, at), i64(data, at + 8));
            default -> null;
        };
    }

    private RecordValue numbered(String type, int number, byte[] data, int from, int to) {
        RecordValue record = tracker.records().record(type);
        record.set(0, (long) number);
        record.set(1, Bytes.copyOf(data, from, to));
        return record;
    }

    /** The header of the message that the parser has just read. */
    RecordValue header(byte[] data) {
        int flags = gtp.flags(data);
        RecordValue header = tracker.records().record("gtpv1_hdr");
        header.set(0, (long) (flags >>> 5));
        for (int bit = 0; bit < 5; bit++) {
            header.set(1 + bit, (flags & 0x10 >>> bit) != 0);
        }
        header.set(6, (long) gtp.messageType(data));
        header.set(7, (long) gtp.length(data));
        header.set(8, gtp.tunnelId(data));
        if (gtp.hasOptions(data)) {
            header.set(9, (long) gtp.sequence(data));
            header.set(10, (long) gtp.nPdu(data));
            header.set(11, (long) gtp.nextType(data));
        }
        return header;
    }
}
