package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.i32;
import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

/**
 * Where things are in a TCP header (RFC 9293); {@code at} is its first byte.
 *
 * <pre>
 *   0        1        2        3
 *  +-----------------+-----------------+
 *  |   source port   |destination port |  0
 *  |              sequence             |  4
 *  |          acknowledgement          |  8
 *  +----+----+-------+-----------------+
 *  |len |    | flags |     window      | 12
 *  +----+----+-------+-----------------+
 *  |    checksum     |    urgent       | 16
 *  |         options, if any           | 20
 * </pre>
 */
public final class TcpHeader {
    public static final int BYTES = 20;
    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int PSH = 8;
    public static final int ACK = 16;
    public static final int URG = 32;

    private TcpHeader() {}

    public static int sourcePort(byte[] data, int at) {
        return u16(data, at);
    }

    public static int destinationPort(byte[] data, int at) {
        return u16(data, at + 2);
    }

    public static int sequence(byte[] data, int at) {
        return i32(data, at + 4);
    }

    public static int acknowledgement(byte[] data, int at) {
        return i32(data, at + 8);
    }

    /** With options, in bytes; not checked. */
    public static int headerBytes(byte[] data, int at) {
        return (data[at + 12] >>> 4 & 0xf) * 4;
    }

    public static int flags(byte[] data, int at) {
        return u8(data, at + 13);
    }

    /** Not scaled. */
    public static int window(byte[] data, int at) {
        return u16(data, at + 14);
    }

    /** As Zeek spells flags in events, e.g. {@code SA}. */
    public static String flagText(int flags) {
        StringBuilder out = new StringBuilder(6);
        letter(out, flags, SYN, 'S');
        letter(out, flags, FIN, 'F');
        letter(out, flags, RST, 'R');
        letter(out, flags, ACK, 'A');
        letter(out, flags, PSH, 'P');
        letter(out, flags, URG, 'U');
        return out.toString();
    }

    private static void letter(StringBuilder out, int flags, int mask, char letter) {
        if ((flags & mask) != 0) {
            out.append(letter);
        }
    }
}
