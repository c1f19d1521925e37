package dev.tandem.core.value;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Addresses from and to text (RFC 4291 section 2.2, RFC 5952; glibc's inet_ntop where they differ). */
final class AddrText {
    /** The longest text: six groups and a dotted IPv4 address. */
    static final int MAX_LENGTH = 45;

    private static final String HEX = "0123456789abcdef";

    private AddrText() {}

    static @Nullable Addr parse(String text) {
        if (text.indexOf(':') < 0) {
            long bits = parseV4(text, 0);
            return bits < 0 ? null : Addr.v4((int) bits);
        }
        int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int at = 0;
        int length = text.length();
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        } else if (text.startsWith(":")) {
            return null;
        }
        while (at < length) {
            int start = at;
            int value = 0;
            while (at < length && Character.digit(text.charAt(at), 16) >= 0 && at - start < 5) {
                value = value << 4 | Character.digit(text.charAt(at), 16);
                at++;
            }
            if (at < length && text.charAt(at) == '.') {
                long bits = parseV4(text, start);
                if (bits < 0 || count > 6) {
                    return null;
                }
                groups[count++] = (int) (bits >>> 16);
                groups[count++] = (int) (bits & 0xffff);
                at = length;
                break;
            }
            if (at == start || at - start > 4 || count == 8) {
                return null;
            }
            groups[count++] = value;
            if (at == length) {
                break;
            }
            if (text.charAt(at) != ':' || at + 1 == length) {
                return null;
            }
            at++;
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                at++;
            }
        }
        if (gap < 0 ? count != 8 : count > 7) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            int fill = 8 - count;
            int group = gap < 0 || i < gap ? groups[i] : i < gap + fill ? 0 : groups[i - fill];
            if (i < 4) {
                high = high << 16 | group;
            } else {
                low = low << 16 | group;
            }
        }
        return Addr.v6(high, low);
    }

    private static long parseV4(String text, int from) {
        long bits = 0;
        int at = from;
        for (int part = 0; part < 4; part++) {
            int start = at;
            int value = 0;
            while (at < text.length() && Character.isDigit(text.charAt(at)) && at - start < 3) {
                value = value * 10 + (text.charAt(at) - '0');
                at++;
            }
            boolean last = part == 3;
            if (at == start
                    || value > 255
                    || (last ? at != text.length() : at >= text.length() || text.charAt(at) != '.')) {
                return -1;
            }
            bits = bits << 8 | value;
            at++;
        }
        return bits;
    }

    static String format(Addr addr) {
        byte[] text = new byte[MAX_LENGTH];
        return new String(text, 0, write(addr, text, 0), StandardCharsets.ISO_8859_1);
    }

    /** Writes the text at {@code out[at]}, at most {@link #MAX_LENGTH} bytes; returns the index behind it. */
    static int write(Addr addr, byte[] out, int at) {
        return addr.isV4() ? writeV4(addr.v4Bits(), out, at) : writeV6(addr, out, at);
    }

    private static int writeV4(int bits, byte[] out, int at) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            int part = bits >>> shift & 0xff;
            if (part >= 100) {
                out[at++] = (byte) ('0' + part / 100);
            }
            if (part >= 10) {
                out[at++] = (byte) ('0' + part / 10 % 10);
            }
            out[at++] = (byte) ('0' + part % 10);
            if (shift > 0) {
                out[at++] = '.';
            }
        }
        return at;
    }

    private static int writeV6(Addr addr, byte[] out, int at) {
        int gapStart = -1;
        int gapLength = 1;
        for (int i = 0; i < 8; ) {
            int run = 0;
            while (i + run < 8 && group(addr, i + run) == 0) {
                run++;
            }
            if (run > gapLength) {
                gapStart = i;
                gapLength = run;
            }
            i += Math.max(1, run);
        }
        boolean endsAsV4 = gapStart == 0 && (gapLength == 6 || isTranslatedV4(addr, gapLength));
        boolean colon = false;
        for (int i = 0; i < 8; i++) {
            if (i == gapStart) {
                out[at++] = ':';
                out[at++] = ':';
                i += gapLength - 1;
                colon = false;
                continue;
            }
            if (colon) {
                out[at++] = ':';
            }
            if (i == 6 && endsAsV4) {
                return writeV4((int) addr.low(), out, at);
            }
            at = writeHex(group(addr, i), out, at);
            colon = true;
        }
        return at;
    }

    /** {@code ::ffff:0:a.b.c.d} (RFC 2765), which Zeek writes so ({@code src/3rdparty/zeek_inet_ntop.c}). */
    private static boolean isTranslatedV4(Addr addr, int gapLength) {
        return gapLength == 4 && group(addr, 4) == 0xffff && group(addr, 5) == 0;
    }

    private static int writeHex(int group, byte[] out, int at) {
        int shift = group >= 0x1000 ? 12 : group >= 0x100 ? 8 : group >= 0x10 ? 4 : 0;
        for (; shift >= 0; shift -= 4) {
            out[at++] = (byte) HEX.charAt(group >>> shift & 0xf);
        }
        return at;
    }

    private static int group(Addr addr, int i) {
        return (int) ((i < 4 ? addr.high() >>> 48 - 16 * i : addr.low() >>> 112 - 16 * i) & 0xffff);
    }
}
