package dev.tandem.core.tunnel;

import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

/**
 * Walks the information elements of a signalling message of GTP version 1 (3GPP TS 29.060, 7.7). Types below 128 have a fixed
 * length each; the others carry it.
 *
 * <pre>
 *  +--------+---------      +--------+-----------------+---------
 *  |0 type  | value ...     |1 type  |     length      | value ...
 *  +--------+---------      +--------+-----------------+---------
 * </pre>
 */
public final class GtpElements {
    public static final int CAUSE = 1;
    public static final int IMSI = 2;
    public static final int ROUTEING_AREA = 3;
    public static final int REORDERING = 8;
    public static final int RECOVERY = 14;
    public static final int SELECTION_MODE = 15;
    public static final int TUNNEL_DATA = 16;
    public static final int TUNNEL_CONTROL = 17;
    public static final int TEARDOWN = 19;
    public static final int NSAPI = 20;
    public static final int CHARGING_CHARACTERISTICS = 26;
    public static final int TRACE_REFERENCE = 27;
    public static final int TRACE_TYPE = 28;
    public static final int CHARGING_ID = 127;
    public static final int END_USER_ADDRESS = 128;
    public static final int ACCESS_POINT = 131;
    public static final int PROTOCOL_OPTIONS = 132;
    public static final int GSN_ADDRESS = 133;
    public static final int MSISDN = 134;
    public static final int QUALITY_OF_SERVICE = 135;
    public static final int TRAFFIC_FLOW_TEMPLATE = 137;
    public static final int TRIGGER_ID = 142;
    public static final int OMC_ID = 143;
    public static final int CHARGING_GATEWAY = 251;
    public static final int PRIVATE_EXTENSION = 255;

    private static final int FIRST_WITH_LENGTH = 128;

    private byte[] data = {};
    private int next;
    private int end;
    private int type;
    private int at;
    private int length;

    /** Begins before the first element. */
    public void begin(byte[] bytes, int from, int to) {
        data = bytes;
        next = from;
        end = to;
    }

    /** Whether the elements, from first to last, are whole and of known length. */
    public static boolean areWhole(byte[] bytes, int from, int to) {
        GtpElements walk = new GtpElements();
        walk.begin(bytes, from, to);
        while (walk.next()) {
            if (walk.length < least(walk.type)) {
                return false;
            }
        }
        return walk.next == to;
    }

    /** Steps to the next element; false at the end, or when what follows is broken. */
    public boolean next() {
        if (next >= end) {
            return false;
        }
        type = u8(data, next);
        if (type < FIRST_WITH_LENGTH) {
            length = fixedLength(type);
            at = next + 1;
        } else if (end - next < 3) {
            return false;
        } else {
            length = u16(data, next + 1);
            at = next + 3;
        }
        if (length < 0 || end - at < length) {
            return false;
        }
        next = at + length;
        return true;
    }

    public int type() {
        return type;
    }

    /** Where its value begins. */
    public int at() {
        return at;
    }

    /** Bytes of its value. */
    public int length() {
        return length;
    }

    private static int least(int type) {
        return switch (type) {
            case END_USER_ADDRESS, PRIVATE_EXTENSION -> 2;
            case QUALITY_OF_SERVICE -> 1;
            default -> 0;
        };
    }

    private static int fixedLength(int type) {
        return switch (type) {
            case CAUSE, REORDERING, 11, 13, RECOVERY, SELECTION_MODE, TEARDOWN, NSAPI, 21, 23, 24, 29 -> 1;
            case 25, CHARGING_CHARACTERISTICS, TRACE_REFERENCE, TRACE_TYPE -> 2;
            case 12 -> 3;
            case 4, 5, TUNNEL_DATA, TUNNEL_CONTROL, CHARGING_ID -> 4;
            case 18 -> 5;
            case ROUTEING_AREA -> 6;
            case IMSI -> 8;
            case 22 -> 9;
            case 9 -> 28;
            default -> -1;
        };
    }
}
