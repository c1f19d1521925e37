package dev.tandem.core.connection;

/**
 * The order of Zeek's connection keys: both ends in a canonical order, then address, address, port, port, protocol, all as
 * bytes (zeek {@code IPBasedConnKey.cc}, {@code src/session/Key.cc}). The canonical order of ends with equal addresses compares
 * ports as Zeek's hosts hold them, bytes swapped.
 */
final class KeyOrder {
    private KeyOrder() {}

    static int compare(Connection a, Connection b) {
        boolean aFirst = originatorFirst(a);
        boolean bFirst = originatorFirst(b);
        int c = Long.compareUnsigned(high(a, aFirst), high(b, bFirst));
        if (c == 0) {
            c = Long.compareUnsigned(low(a, aFirst), low(b, bFirst));
        }
        if (c == 0) {
            c = Long.compareUnsigned(high(a, !aFirst), high(b, !bFirst));
        }
        if (c == 0) {
            c = Long.compareUnsigned(low(a, !aFirst), low(b, !bFirst));
        }
        if (c == 0) {
            c = Integer.compare(port(a, aFirst), port(b, bFirst));
        }
        if (c == 0) {
            c = Integer.compare(port(a, !aFirst), port(b, !bFirst));
        }
        if (c == 0) {
            c = Integer.compare(a.protocol, b.protocol);
        }
        if (c == 0) {
            // Equal so far only when VLANs belong to the key.
            c = Integer.compare(a.vlan(), b.vlan());
        }
        return c == 0 ? Integer.compare(a.innerVlan(), b.innerVlan()) : c;
    }

    private static boolean originatorFirst(Connection c) {
        if (c.oneWay) {
            return true;
        }
        int order = Long.compareUnsigned(c.origHigh, c.respHigh);
        if (order == 0) {
            order = Long.compareUnsigned(c.origLow, c.respLow);
        }
        return order == 0 ? swapped(c.origPort) < swapped(c.respPort) : order < 0;
    }

    private static int swapped(int port) {
        return (port & 0xff) << 8 | port >>> 8;
    }

    private static long high(Connection c, boolean originator) {
        return originator ? c.origHigh : c.respHigh;
    }

    private static long low(Connection c, boolean originator) {
        return originator ? c.origLow : c.respLow;
    }

    private static int port(Connection c, boolean originator) {
        return originator ? c.origPort : c.respPort;
    }
}
