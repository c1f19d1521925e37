package dev.tandem.script.interp;

import dev.tandem.core.value.Bytes;

/** Bounds of slices and negative positions, which count from the end. */
final class Slices {
    private Slices() {}

    static int bound(int size, long index) {
        long at = index < 0 ? index + size : index;
        return (int) Math.max(0, Math.min(size, at));
    }

    static Bytes of(Bytes s, long from, long to) {
        int a = bound(s.length(), from);
        int b = bound(s.length(), to);
        return b <= a ? Bytes.EMPTY : s.slice(a, b);
    }

    /** One character; empty outside. */
    static Bytes at(Bytes s, long index) {
        long at = index < 0 ? index + s.length() : index;
        return at < 0 || at >= s.length() ? Bytes.EMPTY : s.slice((int) at, (int) at + 1);
    }
}
