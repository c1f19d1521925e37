package dev.tandem.script.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The text of one script. Identity is the object: one per file and load. */
public final class Source {
    private final String name;
    private final String canonicalPath;
    private final byte[] text;

    /**
     * @param name as messages show it
     * @param canonicalPath real path, empty when the text is from no file
     */
    public Source(String name, String canonicalPath, byte[] text) {
        this.name = name;
        this.canonicalPath = canonicalPath;
        this.text = text;
    }

    public String name() {
        return name;
    }

    public String canonicalPath() {
        return canonicalPath;
    }

    /** The bytes, not a copy: read only. */
    public byte[] text() {
        return text;
    }

    /** A line without its end, one char per byte; empty when there is no such line. */
    public String line(int number) {
        int at = 0;
        for (int n = 1; n < number; n++) {
            int end = indexOf((byte) '\n', at);
            if (end < 0) {
                return "";
            }
            at = end + 1;
        }
        int end = indexOf((byte) '\n', at);
        byte[] line = Arrays.copyOfRange(text, at, end < 0 ? text.length : end);
        return new String(line, StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private int indexOf(byte wanted, int from) {
        for (int i = from; i < text.length; i++) {
            if (text[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return name;
    }
}
