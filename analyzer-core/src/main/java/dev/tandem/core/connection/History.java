package dev.tandem.core.connection;

import dev.tandem.core.value.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The letters that tell a connection's story, originator upper case, responder lower case. What recurs is written again at
 * every tenfold of its count (zeek {@code src/session/Session.cc}).
 */
public final class History {
    static final int SYN = 1;
    static final int FIN = 2;
    static final int RST = 4;
    static final int FIN_RST = 8;
    static final int DATA = 0x10;
    static final int ACK = 0x20;
    static final int MULTI_FLAG = 0x40;

    /** Of the connection, not of a side: something was left out because there was too much of it. */
    static final int LIMIT_REACHED = 0x80;

    /** Responder's bits are the originator's, shifted. */
    static final int RESPONDER_SHIFT = 16;

    private static final int PACKED = 8;

    // The first eight letters, which is all for most, the first one lowest.
    private long packed;
    private byte @Nullable [] more;
    private int length;
    private int seen;

    /** For {@link LookAhead}. */
    int read() {
        return length;
    }

    /** Adds a letter. */
    void add(char letter) {
        int at = length++;
        if (at < PACKED) {
            packed |= (long) letter << 8 * at;
            return;
        }
        byte[] rest = more;
        if (rest == null) {
            rest = new byte[PACKED];
            more = rest;
        } else if (at - PACKED == rest.length) {
            rest = Arrays.copyOf(rest, 2 * rest.length);
            more = rest;
        }
        rest[at - PACKED] = (byte) letter;
    }

    private byte at(int index) {
        byte[] rest = more;
        return index < PACKED || rest == null ? (byte) (packed >>> 8 * index) : rest[index - PACKED];
    }

    /** Adds a letter the first time that bit is given; returns whether it had been given before. */
    boolean addOnce(int bit, char letter) {
        if ((seen & bit) != 0) {
            return true;
        }
        seen |= bit;
        add(letter);
        return false;
    }

    /** Counts an occurrence; adds the letter when the new count is a power of ten, and tells whether it did. */
    boolean addScaled(char letter, int newCount) {
        if (!isPowerOfTen(newCount)) {
            return false;
        }
        add(letter);
        return true;
    }

    static boolean isPowerOfTen(int count) {
        return switch (count) {
            case 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000 -> true;
            default -> false;
        };
    }

    /** Forgets the letters, not what was seen. */
    void replace(String text) {
        length = 0;
        packed = 0;
        more = null;
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
    }

    boolean isJust(char letter) {
        return length == 1 && at(0) == letter;
    }

    public int length() {
        return length;
    }

    /** Whether the text is that; cheap when lengths differ. */
    boolean is(Bytes text) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.at(i) != at(i)) {
                return false;
            }
        }
        return true;
    }

    public Bytes toBytes() {
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = at(i);
        }
        return Bytes.wrap(out);
    }

    @Override
    public String toString() {
        return toBytes().latin1();
    }
}
