package dev.tandem.core.packet;

/** ICMP messages: which belong together (RFC 792, RFC 4443 and later). */
public final class IcmpHeader {
    public static final int BYTES = 8;

    /** {@link #counterpart} of a message nobody answers. */
    public static final int ONE_WAY = -1;

    private IcmpHeader() {}

    /** The type that answers an ICMP type, or that it answers; {@link #ONE_WAY} when there is none. */
    public static int counterpart(int protocol, int type) {
        return protocol == IpProtocol.ICMP ? counterpart4(type) : counterpart6(type);
    }

    private static int counterpart4(int type) {
        return switch (type) {
            case 8 -> 0; // echo
            case 0 -> 8;
            case 13 -> 14; // timestamp
            case 14 -> 13;
            case 15 -> 16; // information
            case 16 -> 15;
            case 10 -> 9; // router solicitation, advertisement
            case 9 -> 10;
            case 17 -> 18; // mask
            case 18 -> 17;
            default -> ONE_WAY;
        };
    }

    private static int counterpart6(int type) {
        return switch (type) {
            case 128 -> 129; // echo
            case 129 -> 128;
            case 133 -> 134; // router solicitation, advertisement
            case 134 -> 133;
            case 135 -> 136; // neighbour solicitation, advertisement
            case 136 -> 135;
            case 130 -> 131; // multicast listener query, report
            case 131 -> 130;
            case 139 -> 140; // node information
            case 140 -> 139;
            case 144 -> 145; // home agent discovery
            case 145 -> 144;
            default -> ONE_WAY;
        };
    }
}
