package dev.tandem.script.runtime;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import org.jspecify.annotations.Nullable;

/** Addresses, subnets and ports read from script strings (Zeek {@code src/IPAddr.cc}, {@code src/val-convert.cc}). */
public final class AddressText {
    private AddressText() {}

    /** More lenient than core's: IPv4 parts may have leading zeros and count as decimal. Null when it is no address. */
    public static @Nullable Addr addr(String text) {
        if (text.indexOf(':') >= 0) {
            return Addr.parse(text);
        }
        int bits = 0;
        int at = 0;
        for (int part = 0; part < 4; part++) {
            int start = at;
            int n = 0;
            while (at < text.length() && Ascii.isDigit(text.charAt(at)) && n < 1000) {
                n = n * 10 + (text.charAt(at) - '0');
                at++;
            }
            boolean ended = part == 3 ? at == text.length() : at < text.length() && text.charAt(at) == '.';
            if (at == start || n > 255 || !ended) {
                return null;
            }
            at++;
            bits = bits << 8 | n;
        }
        return Addr.v4(bits);
    }

    /** The width counts out of 128 bits when the address is written with colons. Null when it is no subnet. */
    public static @Nullable Subnet subnet(String text) {
        int slash = text.indexOf('/');
        Addr addr = slash < 0 ? null : addr(text.substring(0, slash));
        if (addr == null) {
            return null;
        }
        int width = atoi(text.substring(slash + 1));
        boolean colons = text.indexOf(':') >= 0;
        int full = addr.isV4() && !colons ? 32 : 128;
        return width < 0 || width > full ? null : new Subnet(addr, width + 128 - full);
    }

    /** C's atoi: 0 when there is no number, what follows it is ignored. */
    public static int atoi(String text) {
        int at = 0;
        while (at < text.length() && Ascii.isSpace(text.charAt(at))) {
            at++;
        }
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int n = 0;
        while (at < text.length() && Ascii.isDigit(text.charAt(at)) && n < 100_000_000) {
            n = n * 10 + (text.charAt(at) - '0');
            at++;
        }
        return negative ? -n : n;
    }

    /**
     * {@code <number>/<tcp|udp|icmp>}; null when it is none.
     *
     * @param unknownToo whether {@code /unknown} counts
     */
    public static @Nullable Port port(Bytes text, boolean unknownToo) {
        if (text.isEmpty() || text.length() >= 10) {
            return null;
        }
        String s = text.latin1();
        int separator = 0;
        while (separator < s.length() && (Ascii.isDigit(s.charAt(separator)) || separator == 0 && s.charAt(0) == '-')) {
            separator++;
        }
        if (separator == s.length()) {
            return null;
        }
        Port.Proto proto = proto(s.substring(separator + 1));
        if (proto == null || proto == Port.Proto.UNKNOWN && !unknownToo) {
            return null;
        }
        int number = atoi(s.substring(0, separator));
        return number < 0 || number > 65535 ? Port.of(0, proto) : Port.of(number, proto);
    }

    public static Port.@Nullable Proto proto(String label) {
        for (Port.Proto p : Port.Proto.values()) {
            if (p.label().equals(label)) {
                return p;
            }
        }
        return null;
    }
}
