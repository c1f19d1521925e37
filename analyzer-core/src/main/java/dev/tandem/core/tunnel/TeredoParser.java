package dev.tandem.core.tunnel;

import static dev.tandem.core.packet.NetworkOrder.i32;
import static dev.tandem.core.packet.NetworkOrder.i64;
import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u8;

import dev.tandem.core.packet.InnerPacket;
import dev.tandem.core.packet.IpProtocol;

/**
 * Teredo (RFC 4380, 5.1.1): IPv6, perhaps behind an authentication header, perhaps behind an origin indication (zeek {@code
 * packet_analysis/protocol/teredo}).
 */
public final class TeredoParser implements TunnelParser {
    private static final int IPV6_HEADER = 40;
    private static final int ORIGIN_BYTES = 8;
    /** Of the authentication header: type and two lengths; behind both texts a nonce and a confirmation. */
    private static final int AUTHENTICATION_BYTES = 13;

    private static final int TEREDO_PREFIX = 0x2001_0000;

    private final TunnelHeader header = new TunnelHeader();
    private int authenticationAt;
    private int originAt;
    private boolean bubble;
    private boolean bubbleWithPayload;
    private String oddity = "";

    /** Where the authentication header of the last packet begins; -1 when it had none. */
    public int authenticationAt() {
        return authenticationAt;
    }

    public int originAt() {
        return originAt;
    }

    /** Whether the last packet had nothing in it but an IPv6 header. */
    public boolean isBubble() {
        return bubble;
    }

    /** Such a header with bytes behind it. */
    public boolean isBubbleWithPayload() {
        return bubbleWithPayload;
    }

    /** A weird to report besides the outcome, if the tunnel is known to be one; or empty. */
    public String oddity() {
        return oddity;
    }

    @Override
    public TunnelHeader parse(byte[] data, int at, int end) {
        header.begin(at, end);
        authenticationAt = -1;
        originAt = -1;
        bubble = false;
        bubbleWithPayload = false;
        oddity = "";
        int inner = skipIndications(data, at, end);
        if (inner < 0) {
            header.violation("Bad Teredo encapsulation");
            return header;
        }
        bubble = u8(data, inner + 6) == IpProtocol.NO_NEXT;
        switch (InnerIp.check(data, inner, end, IpProtocol.IPV6)) {
            case TOO_LONG -> {
                bubbleWithPayload = bubble && u16(data, inner + 4) == 0;
                if (bubbleWithPayload) {
                    header.carries(InnerPacket.IP, inner);
                } else {
                    header.violation("Teredo payload length");
                }
            }
            case CUT_SHORT, WRONG_PROTOCOL -> header.violation("Truncated Teredo or invalid inner IP version");
            case GOOD -> header.carries(InnerPacket.IP, inner);
        }
        return header;
    }

    /** Where the IPv6 header begins, or -1. */
    private int skipIndications(byte[] data, int from, int end) {
        int at = from;
        while (true) {
            int left = end - at;
            if (left < 2) {
                return odd("truncated_Teredo");
            }
            int tag = u16(data, at);
            if (tag == 0 && originAt < 0) {
                if (left < ORIGIN_BYTES) {
                    return odd("truncated_Teredo_origin_indication");
                }
                originAt = at;
                at += ORIGIN_BYTES;
            } else if (tag == 1 && originAt < 0 && authenticationAt < 0) {
                int bytes = left < 4 ? Integer.MAX_VALUE : AUTHENTICATION_BYTES + u8(data, at + 2) + u8(data, at + 3);
                if (left < bytes) {
                    return odd("truncated_Teredo_authentication");
                }
                authenticationAt = at;
                at += bytes;
            } else if (tag >>> 12 == 6) {
                return left < IPV6_HEADER ? odd("truncated_IPv6_in_Teredo") : at;
            } else {
                return -1;
            }
        }
    }

    private int odd(String name) {
        oddity = name;
        return -1;
    }

    @Override
    public boolean detects(byte[] data, int at, int end) {
        int length = end - at;
        if (length < IPV6_HEADER) {
            return false;
        }
        int first = u8(data, at);
        int second = u8(data, at + 1);
        if (first >>> 4 == 6) {
            if (length == IPV6_HEADER && (i32(data, at + 8) == TEREDO_PREFIX || i32(data, at + 24) == TEREDO_PREFIX)) {
                return true;
            }
        } else if (first != 0 || second > 1) {
            return false;
        }
        int next = at;
        if (second == 1) {
            next += AUTHENTICATION_BYTES + u8(data, at + 2) + u8(data, at + 3);
            if (end - next < IPV6_HEADER || u16(data, next) != 0) {
                return false;
            }
        } else if (second != 0) {
            return false;
        }
        next += ORIGIN_BYTES;
        return end - next >= IPV6_HEADER && u8(data, next) >>> 4 == 6;
    }

    /** The nonce of the authentication header that begins at {@code at}. */
    public static long nonce(byte[] data, int at) {
        return i64(data, at + 4 + u8(data, at + 2) + u8(data, at + 3));
    }

    public static int confirmation(byte[] data, int at) {
        return u8(data, at + 12 + u8(data, at + 2) + u8(data, at + 3));
    }

    /** The port of the origin indication that begins at {@code at}; port and address are obfuscated on the wire. */
    public static int originPort(byte[] data, int at) {
        return u16(data, at + 2) ^ 0xffff;
    }

    public static int originAddress(byte[] data, int at) {
        return ~i32(data, at + 4);
    }
}
