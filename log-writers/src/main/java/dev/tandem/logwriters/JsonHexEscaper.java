package dev.tandem.logwriters;

/**
 * The contents of a JSON string under {@code STRING_ESCAPE_POLICY_HEX}: one character that cannot be shown, and every byte
 * that is not ASCII becomes the text {@code \xNN} (zeek {@code src/util.cc}, {@code escape_utf8}).
 */
final class JsonHexEscaper extends ByteEscaper {
    JsonHexEscaper() {
        markSpecial('"');
        markSpecial('\\');
    }

    @Override
    int worstCase() {
        return 5;
    }

    @Override
    int escape(byte[] in, int from, int to, byte[] out, int at) {
        boolean shown = isShown(in, from, to);
        for (int i = from; i < to; i++) {
            byte value = in[i];
            char shortForm = JsonText.shortForm(value);
            if (shortForm != 0) {
                out[at++] = '\\';
                out[at++] = (byte) shortForm;
            } else if (shown || isPrintable(value)) {
                out[at++] = value;
            } else {
                out[at++] = '\\';
                out[at++] = '\\';
                out[at++] = 'x';
                at = hex(value, out, at);
            }
        }
        return at;
    }

    private static boolean isShown(byte[] in, int from, int to) {
        for (int i = from; i < to; ) {
            int length = JsonText.shortForm(in[i]) != 0 ? 1 : Utf8.shown(in, i, to);
            if (length == 0) {
                return false;
            }
            i += length;
        }
        return true;
    }
}
