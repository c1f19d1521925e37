package dev.tandem.core.value;

import org.jspecify.annotations.Nullable;

/** Addresses from and to text (RFC 4291 section 2.2, RFC 5952; glibc's inet_ntop where they differ). */
final class AddrText {
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
            if (at == start || value > 255 || (last ? at != text.length() : at >= text.length() || text.charAt(at) != '.')) {
                return -1;
            }
            bits = bits << 8 | value;
            at++;
        }
        return bits;
    }

    static String format(Addr addr) {
        if (addr.isV4()) {
            int b = addr.v4Bits();
            return (b >>> 24) + "." + (b >>> 16 & 0xff) + "." + (b >>> 8 & 0xff) + "." + (b & 0xff);
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; ) {
            int run = 0;
            while (i + run < 8 && group(addr, i + run) == 0) {
                run++;
            }
            if (run > bestLength) {
                bestStart = i;
                bestLength = run;
            }
            i += Math.max(1, run);
        }
        StringBuilder out = new StringBuilder(40);
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                out.append("::");
                i += bestLength - 1;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            if (i == 6 && bestStart == 0 && bestLength == 6) {
                int b = (int) addr.low();
                return out.append(format(Addr.v4(b))).toString();
            }
            out.append(Integer.toHexString(group(addr, i)));
        }
        return out.toString();
    }

    private static int group(Addr addr, int i) {
        return (int) ((i < 4 ? addr.high() >>> 48 - 16 * i : addr.low() >>> 112 - 16 * i) & 0xffff);
    }
}
