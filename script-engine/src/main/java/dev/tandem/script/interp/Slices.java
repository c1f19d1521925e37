package dev.tandem.script.interp;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.VectorValue;

/** Bounds of slices and negative positions, which count from the end. */
public final class Slices {
    private Slices() {}

    static int bound(int size, long index) {
        long at = index < 0 ? index + size : index;
        return (int) Math.max(0, Math.min(size, at));
    }

    public static Bytes of(Bytes s, long from, long to) {
        int a = bound(s.length(), from);
        int b = bound(s.length(), to);
        return b <= a ? Bytes.EMPTY : s.slice(a, b);
    }

    public static VectorValue of(VectorValue v, long from, long to) {
        return v.slice(bound(v.size(), from), bound(v.size(), to));
    }

    /** One character; empty outside. */
    public static Bytes at(Bytes s, long index) {
        long at = index < 0 ? index + s.length() : index;
        return at < 0 || at >= s.length() ? Bytes.EMPTY : s.slice((int) at, (int) at + 1);
    }
}
