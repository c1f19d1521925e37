package dev.tandem.logwriters;

/** Which UTF-8 characters logs show as they are (zeek {@code src/util.cc}, {@code check_ok_utf8}). */
final class Utf8 {
    private Utf8() {}

    /**
     * The length in bytes of the character at {@code in[at]}, or 0 when it is malformed, a control character (C0, DEL or
     * C1), for private use (U+E000 to U+F8FF) or from U+FFF0 to U+FFFF.
     */
    static int shown(byte[] in, int at, int end) {
        int lead = in[at] & 0xff;
        if (lead < 0x80) {
            return lead >= 0x20 && lead != 0x7f ? 1 : 0;
        }
        int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (length == 0 || length > end - at) {
            return 0;
        }
        int code = lead & 0xff >> length + 1;
        for (int i = 1; i < length; i++) {
            int next = in[at + i] & 0xff;
            if (next >>> 6 != 0b10) {
                return 0;
            }
            code = code << 6 | next & 0x3f;
        }
        return isShown(code, length) ? length : 0;
    }

    private static boolean isShown(int code, int length) {
        return switch (length) {
            case 2 -> code >= 0xa0;
            case 3 ->
                code >= 0x800
                        && (code < 0xd800 || code > 0xf8ff) // surrogates, private use
                        && code < 0xfff0;
            default -> code >= 0x1_0000 && code <= 0x10_ffff;
        };
    }
}
