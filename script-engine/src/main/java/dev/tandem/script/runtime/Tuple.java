package dev.tandem.script.runtime;

import java.util.Arrays;

/**
 * A table key of several parts, or of one part that has no value equality of its own (record, vector, set). The first two
 * parts, which most keys have, are in the object itself.
 */
public final class Tuple {
    private static final Object[] NONE = {};

    private final Object first;
    private final Object second;
    private final Object[] others;
    private final int size;
    private final int hash;

    /** Takes ownership of {@code parts}. */
    public Tuple(Object[] parts) {
        size = parts.length;
        first = size > 0 ? parts[0] : NONE;
        second = size > 1 ? parts[1] : NONE;
        others = size > 2 ? Arrays.copyOfRange(parts, 2, size) : NONE;
        int h = 0;
        for (Object part : parts) {
            h = hash(h, Equality.hash(part));
        }
        hash = h;
    }

    /** Of two parts that are no aggregates, and the tuple's hash. */
    public Tuple(Object first, Object second, int hash) {
        this.first = first;
        this.second = second;
        others = NONE;
        size = 2;
        this.hash = hash;
    }

    /** The hash of a tuple of some parts and one more, of theirs; of no parts it is 0. */
    public static int hash(int before, int part) {
        return 31 * before + part;
    }

    /** Whether it has just these two parts, which are no aggregates. */
    boolean isPair(Object a, Object b) {
        return size == 2 && (first == a || first.equals(a)) && (second == b || second.equals(b));
    }

    public Object part(int i) {
        return switch (i) {
            case 0 -> first;
            case 1 -> second;
            default -> others[i - 2];
        };
    }

    public int size() {
        return size;
    }

    /** The parts, in an array of their own. */
    public Object[] parts() {
        Object[] parts = new Object[size];
        for (int i = 0; i < size; i++) {
            parts[i] = part(i);
        }
        return parts;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Tuple t) || t.hash != hash || t.size != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!Equality.equal(part(i), t.part(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return Arrays.toString(parts());
    }
}
