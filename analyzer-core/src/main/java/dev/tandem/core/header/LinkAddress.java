package dev.tandem.core.header;

import dev.tandem.core.packet.NetworkOrder;
import dev.tandem.core.value.Bytes;

/** Link-layer (MAC) addresses, kept as the low 48 bits of a long. */
public final class LinkAddress {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private LinkAddress() {}

    /** 0 when {@code at} is negative. */
    public static long at(byte[] frame, int at) {
        return at < 0 ? 0 : (long) NetworkOrder.u16(frame, at) << 32 | NetworkOrder.u32(frame, at + 2);
    }

    /** {@code 00:1b:21:3c:9d:f8}. */
    public static Bytes text(long address) {
        byte[] out = new byte[17];
        for (int i = 0; i < 6; i++) {
            int octet = (int) (address >>> 40 - 8 * i) & 0xff;
            out[3 * i] = (byte) HEX[octet >>> 4];
            out[3 * i + 1] = (byte) HEX[octet & 15];
            if (i < 5) {
                out[3 * i + 2] = ':';
            }
        }
        return Bytes.wrap(out);
    }
}
