package dev.tandem.core.value;

/** A transport port with its protocol. Interned: equal ports are the same object, compare with {@code ==}. */
public final class Port implements Comparable<Port> {
    /** Order as in Zeek's comparison of ports (zeek {@code src/Val.h}, TCP_PORT_MASK and its neighbours). */
    public enum Proto {
        UNKNOWN("unknown"),
        TCP("tcp"),
        UDP("udp"),
        ICMP("icmp");

        private final String label;

        Proto(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    private static final Port[][] KNOWN = new Port[4][];

    private final int number;
    private final Proto proto;

    private Port(int number, Proto proto) {
        this.number = number;
        this.proto = proto;
    }

    /** @param number 0 to 65535 */
    public static Port of(int number, Proto proto) {
        Port[] known = KNOWN[proto.ordinal()];
        if (known == null) {
            known = table(proto);
        }
        Port port = known[number];
        return port != null ? port : intern(known, number, proto);
    }

    private static Port[] table(Proto proto) {
        synchronized (KNOWN) {
            Port[] known = KNOWN[proto.ordinal()];
            if (known == null) {
                known = new Port[65536];
                KNOWN[proto.ordinal()] = known;
            }
            return known;
        }
    }

    private static Port intern(Port[] known, int number, Proto proto) {
        synchronized (KNOWN) {
            Port port = known[number];
            if (port == null) {
                port = new Port(number, proto);
                known[number] = port;
            }
            return port;
        }
    }

    public int number() {
        return number;
    }

    public Proto proto() {
        return proto;
    }

    /** Protocol first, then number: Zeek's order. */
    @Override
    public int compareTo(Port other) {
        return Integer.compare(proto.ordinal() << 16 | number, other.proto.ordinal() << 16 | other.number);
    }

    @Override
    public int hashCode() {
        return SeededHash.mix32(number, proto.ordinal());
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    /** {@code 80/tcp}. */
    @Override
    public String toString() {
        return number + "/" + proto.label;
    }
}
