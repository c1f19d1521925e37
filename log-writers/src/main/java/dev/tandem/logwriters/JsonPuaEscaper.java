package dev.tandem.logwriters;

/**
 * The contents of a JSON string under {@code STRING_ESCAPE_POLICY_PUA}: each byte that is no text becomes a character of
 * its own for private use, U+F0000 and the byte's value (zeek {@code src/util.cc}, {@code escape_string_for_json}).
 */
final class JsonPuaEscaper extends ByteEscaper {
    /** U+F0000 as JSON's two surrogates, without the last two digits. */
    private static final byte[] PREFIX = {'\\', 'u', 'd', 'b', '8', '0', '\\', 'u', 'd', 'c'};

    JsonPuaEscaper() {
        markSpecial('"');
        markSpecial('\\');
    }

    @Override
    int worstCase() {
        return PREFIX.length + 2;
    }

    @Override
    int escape(byte[] in, int from, int to, byte[] out, int at) {
        for (int i = from; i < to; ) {
            char shortForm = JsonText.shortForm(in[i]);
            if (shortForm != 0) {
                out[at++] = '\\';
                out[at++] = (byte) shortForm;
                i++;
                continue;
            }
            int length = Utf8.shown(in, i, to);
            if (length == 0) {
                System.arraycopy(PREFIX, 0, out, at, PREFIX.length);
                at = hex(in[i++], out, at + PREFIX.length);
            } else {
                System.arraycopy(in, i, out, at, length);
                at += length;
                i += length;
            }
        }
        return at;
    }
}
