package dev.tandem.core.tunnel;

import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u32;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.packet.InnerPacket;
import dev.tandem.core.packet.IpProtocol;
import java.util.Arrays;

/**
 * GTP version 1 (3GPP TS 29.060, 6): user packets of mobile networks, and the messages that set up and end data
 * sessions (zeek {@code packet_analysis/protocol/gtpv1}).
 *
 * <pre>
 *   0        1        2        3
 *  +--------+--------+-----------------+
 *  |v|P.ESN | message|     length      |  0
 *  |   tunnel endpoint identifier      |  4
 *  |  sequence (*)   |N-PDU(*)|next(*) |  8   all three if one of E, S, N is set
 *  +-----------------+--------+--------+
 * </pre>
 */
public final class GtpParser implements TunnelParser {
    private static final int HEADER = 8;
    private static final int OPTIONAL = 4;
    private static final int IPV4_HEADER = 20;
    private static final int USER_PACKET = 255;

    /** The first of the messages about data sessions; five more follow it. */
    public static final int CREATE_REQUEST = 16;

    private static final int DELETE_RESPONSE = 21;
    private static final int GTP_NOT_PRIME = 0x10;
    private static final int EXTENSIONS = 0x04;
    private static final int ANY_OPTION = 0x07;

    private final TunnelHeader header = new TunnelHeader();
    private int headerAt;
    private int[] extensions = new int[4];
    private int extensionCount;
    private int contentAt;
    private boolean message;
    private boolean whole;

    /** Whether the last payload was a message of GTP version 1, whatever its kind. */
    public boolean isMessage() {
        return message;
    }

    @Override
    public TunnelHeader parse(byte[] data, int at, int end) {
        header.begin(at, end);
        headerAt = at;
        message = false;
        whole = true;
        extensionCount = 0;
        int after = skipHeader(data, at, end);
        if (after < 0) {
            header.violation("Binpac exception: binpac exception: out_of_bound: GTPv1_Header");
            return header;
        }
        contentAt = after;
        int flags = u8(data, at);
        if (flags >>> 5 != 1) {
            header.violation("GTPv1 bad Version");
            return header;
        }
        message = (flags & GTP_NOT_PRIME) != 0;
        if (message && u8(data, at + 1) == USER_PACKET) {
            userPacket(data, after, end);
        } else if (message && isSession(u8(data, at + 1)) && !GtpElements.areWhole(data, after, end)) {
            whole = false;
            header.violation("GTPv1 information element out of bounds");
        }
        return header;
    }

    /** Where the content begins, or -1 when that is beyond the end. */
    private int skipHeader(byte[] data, int at, int end) {
        if (end - at < HEADER) {
            return -1;
        }
        int flags = u8(data, at);
        int next = at + HEADER;
        if ((flags & ANY_OPTION) != 0) {
            next += OPTIONAL;
            if (next > end) {
                return -1;
            }
        }
        boolean more = (flags & EXTENSIONS) != 0;
        while (more) {
            int bytes = next < end ? 4 * u8(data, next) : 0;
            if (bytes == 0 || end - next < bytes) {
                return -1;
            }
            if (extensionCount == extensions.length) {
                extensions = Arrays.copyOf(extensions, 2 * extensionCount);
            }
            extensions[extensionCount++] = next;
            next += bytes;
            more = data[next - 1] != 0;
        }
        return next;
    }

    private void userPacket(byte[] data, int at, int end) {
        if (end - at < IPV4_HEADER) {
            header.violation("Truncated GTPv1");
            return;
        }
        int version = u8(data, at) >>> 4;
        if (version != 4 && version != 6) {
            header.violation("non-IP packet in GTPv1");
            return;
        }
        switch (InnerIp.check(data, at, end, version == 6 ? IpProtocol.IPV6 : IpProtocol.IPV4)) {
            case WRONG_PROTOCOL -> header.violation("Invalid IP version in wrapped packet");
            case CUT_SHORT -> header.violation("Truncated GTPv1");
            case TOO_LONG -> header.violation("GTPv1 payload length");
            case GOOD -> header.carries(InnerPacket.IP, at);
        }
    }

    private static boolean isSession(int messageType) {
        return messageType >= CREATE_REQUEST && messageType <= DELETE_RESPONSE;
    }

    // Of the last message

    /** Whether its information elements, if it is about a data session, are all there. */
    public boolean isWhole() {
        return whole;
    }

    /** Where its content begins. */
    public int contentAt() {
        return contentAt;
    }

    /** Version, then the flags of not being GTP', reserved, extension, sequence and N-PDU number. */
    public int flags(byte[] data) {
        return u8(data, headerAt);
    }

    public int messageType(byte[] data) {
        return u8(data, headerAt + 1);
    }

    public int length(byte[] data) {
        return u16(data, headerAt + 2);
    }

    public long tunnelId(byte[] data) {
        return u32(data, headerAt + 4);
    }

    public boolean hasOptions(byte[] data) {
        return (flags(data) & ANY_OPTION) != 0;
    }

    public int sequence(byte[] data) {
        return u16(data, headerAt + 8);
    }

    public int nPdu(byte[] data) {
        return u8(data, headerAt + 10);
    }

    public int nextType(byte[] data) {
        return u8(data, headerAt + 11);
    }

    public int extensions() {
        return extensionCount;
    }

    /** Where an extension header begins: its length in units of four bytes, its content, the type of the next. */
    public int extensionAt(int index) {
        return extensions[index];
    }
}
