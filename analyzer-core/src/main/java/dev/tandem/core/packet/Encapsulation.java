package dev.tandem.core.packet;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel that packets came through, and the tunnels around it.
 *
 * @param outer null for the outermost
 * @param source of the carrying connection the originator
 * @param transport of the ports; unknown for tunnels directly on IP
 * @param protocol IP protocol number of what carries it
 * @param uid of the carrying connection or pair of addresses
 */
public record Encapsulation(
        @Nullable Encapsulation outer,
        TunnelType type,
        Addr source,
        int sourcePort,
        Addr destination,
        int destinationPort,
        Port.Proto transport,
        int protocol,
        Bytes uid) {

    /** How many tunnels a packet came through. */
    public static int depth(@Nullable Encapsulation innermost) {
        int depth = 0;
        for (Encapsulation e = innermost; e != null; e = e.outer) {
            depth++;
        }
        return depth;
    }

    /** Whether two packets came through the same tunnels, in whatever direction. */
    public static boolean same(@Nullable Encapsulation a, @Nullable Encapsulation b) {
        Encapsulation left = a;
        Encapsulation right = b;
        while (left != right) {
            if (left == null || right == null || left.type != right.type || !left.uid.equals(right.uid)) {
                return false;
            }
            left = left.outer;
            right = right.outer;
        }
        return true;
    }
}
