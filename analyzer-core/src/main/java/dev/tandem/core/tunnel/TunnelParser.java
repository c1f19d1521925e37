package dev.tandem.core.tunnel;

/** Reads the header of one kind of tunnel over UDP. Never throws, whatever the bytes. */
public interface TunnelParser {
    /** Reads the header at {@code at} of a payload that ends before {@code end}. */
    TunnelHeader parse(byte[] data, int at, int end);

    /** Whether a payload on no port of this tunnel looks like one of it. */
    default boolean detects(byte[] data, int at, int end) {
        return false;
    }
}
