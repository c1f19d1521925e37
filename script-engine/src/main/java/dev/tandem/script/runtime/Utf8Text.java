package dev.tandem.script.runtime;

import dev.tandem.core.value.Bytes;

/**
 * Byte strings made safe for UTF-8 text, as Zeek does before it writes JSON ({@code src/util.cc}, escape_utf8): a string with
 * any byte that is not part of an acceptable character gets every non-ASCII byte as {@code \xHH}.
 */
final class Utf8Text {
    private Utf8Text() {}

    static Bytes escape(Bytes raw) {
        byte[] data = raw.array();
        int at = 0;
        while (at < data.length) {
            int length = acceptable(data, at);
            if (length == 0) {
                return escapeAll(raw);
            }
            at += length;
        }
        return raw;
    }

    private static Bytes escapeAll(Bytes raw) {
        ByteSink out = new ByteSink(raw.length() + 16);
        for (int i = 0; i < raw.length(); i++) {
            int b = raw.at(i);
            if (isPlain(b)) {
                out.add(b);
            } else {
                out.add('\\').add('x').hex(b);
            }
        }
        return out.toBytes();
    }

    private static boolean isPlain(int b) {
        return b >= 32 && b < 127 || b >= '\b' && b <= '\r' && b != 0x0b;
    }

    /** Length of the acceptable character at a place, 0 when there is none. */
    private static int acceptable(byte[] data, int at) {
        int b = data[at] & 0xff;
        if (b < 0x80) {
            return isPlain(b) ? 1 : 0;
        }
        int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
        if (b < 0xc2 || b > 0xf4 || at + length > data.length) {
            return 0;
        }
        int code = b & (0x7f >> length);
        for (int i = 1; i < length; i++) {
            int c = data[at + i] & 0xff;
            if ((c & 0xc0) != 0x80) {
                return 0;
            }
            code = code << 6 | c & 0x3f;
        }
        boolean overlong = length == 3 && code < 0x800 || length == 4 && code < 0x10000;
        boolean surrogate = code >= 0xd800 && code <= 0xdfff;
        boolean control = code <= 0x9f;
        boolean unwanted = code >= 0xe000 && code <= 0xf8ff || code >= 0xfff0 && code <= 0xffff;
        return overlong || surrogate || control || unwanted || code > 0x10ffff ? 0 : length;
    }
}
