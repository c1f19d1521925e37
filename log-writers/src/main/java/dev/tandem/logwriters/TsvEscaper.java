package dev.tandem.logwriters;

import dev.tandem.core.value.Bytes;
import java.util.Arrays;
import java.util.List;

/**
 * Escapes a backslash as {@code \\}, and separators and what cannot be shown as {@code \xNN} (zeek {@code src/Desc.cc},
 * {@code ODesc::AddBytes}).
 *
 * <p>With UTF-8 enabled, a stretch between two escapes is judged as a whole: one bad character in it, and every byte of
 * the stretch that is not ASCII is escaped.
 */
final class TsvEscaper extends ByteEscaper {
    /** What numbers, addresses and booleans are written with. */
    private static final String OF_PLAIN_VALUES = "0123456789abcdefinTF.:/-";

    private final boolean utf8;
    private final byte[][] sequences;
    private final boolean insideJson;

    private TsvEscaper(boolean utf8, byte[][] sequences, boolean insideJson) {
        this.utf8 = utf8;
        this.sequences = sequences;
        this.insideJson = insideJson;
        markSpecial('\\');
        if (insideJson) {
            markSpecial('"');
        }
        for (byte[] sequence : sequences) {
            markSpecial(sequence[0] & 0xff);
        }
    }

    /** @param separators to be escaped inside values; as in Zeek, an empty one turns the escaping of all of them off */
    static TsvEscaper forColumns(boolean utf8, List<Bytes> separators) {
        byte[][] sequences = separators.stream().anyMatch(Bytes::isEmpty)
                ? new byte[0][]
                : separators.stream().sorted().map(Bytes::array).toArray(byte[][]::new);
        return new TsvEscaper(utf8, sequences, false);
    }

    /** For {@code STRING_ESCAPE_POLICY_TSV}: the escaped text is then quoted as a JSON string, so backslashes double. */
    static TsvEscaper forJson() {
        return new TsvEscaper(true, new byte[0][], true);
    }

    /** Whether numbers, addresses and booleans can hold a separator, so that they need escaping like strings. */
    boolean touchesPlainValues() {
        for (byte[] sequence : sequences) {
            boolean inside = true;
            for (byte value : sequence) {
                inside &= OF_PLAIN_VALUES.indexOf(value) >= 0;
            }
            if (inside) {
                return true;
            }
        }
        return false;
    }

    @Override
    int worstCase() {
        return insideJson ? 5 : 4;
    }

    @Override
    int escape(byte[] in, int from, int to, byte[] out, int at) {
        int i = from;
        while (i < to) {
            int stop = i;
            int stopLength = 0;
            while (stop < to && (stopLength = stopLength(in, stop, to)) == 0) {
                stop++;
            }
            at = stretch(in, i, stop, out, at);
            for (i = stop; i < stop + stopLength; i++) {
                at = escaped(in[i], out, at);
            }
        }
        return at;
    }

    /** How many bytes at {@code in[at]} are escaped whatever surrounds them. */
    private int stopLength(byte[] in, int at, int to) {
        if (in[at] == '\\' || !utf8 && !isPrintable(in[at])) {
            return 1;
        }
        for (byte[] sequence : sequences) {
            if (sequence.length <= to - at
                    && Arrays.equals(in, at, at + sequence.length, sequence, 0, sequence.length)) {
                return sequence.length;
            }
        }
        return 0;
    }

    private int stretch(byte[] in, int from, int to, byte[] out, int at) {
        boolean shown = utf8 && isShown(in, from, to);
        for (int i = from; i < to; i++) {
            if (insideJson && in[i] == '"') {
                out[at++] = '\\';
                out[at++] = '"';
            } else if (shown || isPrintable(in[i])) {
                out[at++] = in[i];
            } else {
                at = escaped(in[i], out, at);
            }
        }
        return at;
    }

    private static boolean isShown(byte[] in, int from, int to) {
        for (int i = from; i < to; ) {
            int length = Utf8.shown(in, i, to);
            if (length == 0) {
                return false;
            }
            i += length;
        }
        return true;
    }

    private int escaped(byte value, byte[] out, int at) {
        at = backslash(out, at);
        if (value == '\\') {
            return backslash(out, at);
        }
        out[at++] = 'x';
        return hex(value, out, at);
    }

    private int backslash(byte[] out, int at) {
        out[at++] = '\\';
        if (insideJson) {
            out[at++] = '\\';
        }
        return at;
    }

    /** {@code text} as this escaper writes it. */
    byte[] escaped(Bytes text) {
        byte[] out = new byte[text.length() * worstCase()];
        return Arrays.copyOf(out, escape(text.array(), 0, text.length(), out, 0));
    }
}
