package dev.tandem.script.runtime;

import java.util.Arrays;

/** A table key of several parts, or of one part that has no value equality of its own (record, vector, set). */
public final class Tuple {
    private final Object[] parts;
    private final int hash;

    /** Takes ownership of {@code parts}. */
    public Tuple(Object[] parts) {
        this.parts = parts;
        int h = 0;
        for (Object part : parts) {
            h = hash(h, Equality.hash(part));
        }
        hash = h;
    }

    /** The hash of a tuple of some parts and one more, of theirs; of no parts it is 0. */
    public static int hash(int before, int part) {
        return 31 * before + part;
    }

    /** Whether it has just these two parts, which are no aggregates. */
    boolean isPair(Object a, Object b) {
        Object[] p = parts;
        return p.length == 2 && (p[0] == a || p[0].equals(a)) && (p[1] == b || p[1].equals(b));
    }

    public Object part(int i) {
        return parts[i];
    }

    public int size() {
        return parts.length;
    }

    /** The parts, not a copy: read only. */
    public Object[] parts() {
        return parts;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Tuple t) || t.hash != hash || t.parts.length != parts.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!Equality.equal(parts[i], t.parts[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return Arrays.toString(parts);
    }
}
