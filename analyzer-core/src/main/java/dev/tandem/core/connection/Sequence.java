package dev.tandem.core.connection;

/** Arithmetic on TCP sequence numbers, which wrap (RFC 9293, 3.4). */
final class Sequence {
    private Sequence() {}

    /** {@code a - b} as the distance on the circle. */
    static int delta(int a, int b) {
        return a - b;
    }

    /** Whether {@code value} is met on the way up from {@code low} to {@code high}, both included. */
    static boolean between(int value, int low, int high) {
        return Integer.compareUnsigned(value - low, high - low) <= 0;
    }

    static long unsigned(int sequence) {
        return sequence & 0xffff_ffffL;
    }
}
