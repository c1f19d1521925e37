package dev.tandem.core.protocol.http;

import dev.tandem.core.protocol.mime.MimeHeader;
import org.jspecify.annotations.Nullable;

/**
 * What part of a whole a reply carries (RFC 9110 section 14.4).
 *
 * @param length bytes in this part
 * @param instanceLength bytes of the whole; -1 is unknown
 */
record ContentRange(long first, long length, long instanceLength) {
    /** Gets what is wrong. */
    interface Notes {
        void weird(String name, String detail);
    }

    /** Null when it cannot be used; said why already. */
    static @Nullable ContentRange parse(MimeHeader h, Notes notes) {
        if (!h.firstToken().latin1().equals("bytes")) {
            notes.weird("HTTP_content_range_unknown_byte_unit", "");
            return null;
        }
        String range = h.afterFirstToken().latin1().replace(" ", "");
        int slash = range.indexOf('/');
        int dash = slash < 0 ? -1 : range.substring(0, slash).indexOf('-');
        if (dash < 0) {
            notes.weird("HTTP_content_range_cannot_parse", "");
            return null;
        }
        Long first = number(range.substring(0, dash), 10);
        Long last = number(range.substring(dash + 1, slash), 10);
        if (first == null || last == null) {
            notes.weird("HTTP_content_range_cannot_parse", range);
            return null;
        }
        if (first < 0 || last < 0) {
            notes.weird("HTTP_content_range_invalid", range);
            return null;
        }
        if (last < first) {
            notes.weird("HTTP_non_positive_content_range", range);
            return null;
        }
        if (last - first == Long.MAX_VALUE) {
            notes.weird("HTTP_content_range_overflow", range);
            return null;
        }
        String whole = range.substring(slash + 1);
        long instance = -1;
        if (!whole.equals("*")) {
            Long n = number(whole, 10);
            if (n == null) {
                notes.weird("HTTP_content_range_invalid_instance", range);
            }
            instance = n == null ? 0 : n;
        }
        return new ContentRange(first, last - first + 1, instance);
    }

    /** The number a text begins with, blanks before it left out; null when there is none or it is too large. */
    static @Nullable Long number(String text, int radix) {
        int at = 0;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int end = at;
        if (end < text.length() && text.charAt(end) == '-') {
            end++;
        }
        int digits = end;
        while (end < text.length() && text.charAt(end) < 128 && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        if (end == digits) {
            return null;
        }
        try {
            return Long.parseLong(text.substring(at, end), radix);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
