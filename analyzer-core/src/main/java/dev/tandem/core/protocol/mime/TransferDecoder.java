package dev.tandem.core.protocol.mime;

import java.io.ByteArrayOutputStream;

/** Undoes a content transfer encoding, a line at a time (RFC 2045 section 6). */
abstract sealed class TransferDecoder {
    /** @param out gets the bytes @return what is wrong with the encoding, or empty */
    abstract String line(byte[] data, int from, int to, ByteArrayOutputStream out);

    /** Base64; what is no letter of it is passed over. */
    static final class Base64 extends TransferDecoder {
        private int bits;
        private int count;
        private boolean over;

        @Override
        String line(byte[] data, int from, int to, ByteArrayOutputStream out) {
            for (int i = from; i < to && !over; i++) {
                int v = value(data[i]);
                if (data[i] == '=') {
                    over = true;
                } else if (v >= 0) {
                    bits = bits << 6 | v;
                    if (++count == 4) {
                        out.write(bits >> 16);
                        out.write(bits >> 8);
                        out.write(bits);
                        count = 0;
                    }
                }
            }
            if (over && count > 1) {
                bits <<= 6 * (4 - count);
                out.write(bits >> 16);
                if (count == 3) {
                    out.write(bits >> 8);
                }
                count = 0;
            }
            return "";
        }

        private static int value(int c) {
            if (c >= 'A' && c <= 'Z') {
                return c - 'A';
            }
            if (c >= 'a' && c <= 'z') {
                return c - 'a' + 26;
            }
            if (c >= '0' && c <= '9') {
                return c - '0' + 52;
            }
            return c == '+' ? 62 : c == '/' ? 63 : -1;
        }
    }

    /** Quoted-printable. */
    static final class QuotedPrintable extends TransferDecoder {
        @Override
        String line(byte[] data, int from, int to, ByteArrayOutputStream out) {
            int end = to;
            while (end > from && (data[end - 1] == ' ' || data[end - 1] == '\t')) {
                end--;
            }
            String wrong = "";
            for (int i = from; i < end; i++) {
                int c = data[i];
                if (c == '=') {
                    if (i == end - 1) {
                        return wrong; // a soft line break
                    }
                    int high = i + 2 < to ? Character.digit(data[i + 1], 16) : -1;
                    int low = i + 2 < to ? Character.digit(data[i + 2], 16) : -1;
                    if (high >= 0 && low >= 0) {
                        out.write(high << 4 | low);
                        i += 2;
                        continue;
                    }
                    wrong = "= is not followed by two hexadecimal digits in quoted-printable encoding";
                } else if (c != '\t' && (c < ' ' || c > 126)) {
                    wrong = "control characters in quoted-printable encoding: " + c;
                }
                out.write(c);
            }
            out.write('\r');
            out.write('\n');
            return wrong;
        }
    }
}
