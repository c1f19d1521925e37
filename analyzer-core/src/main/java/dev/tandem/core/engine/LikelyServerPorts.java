package dev.tandem.core.engine;

import dev.tandem.core.value.Port;
import java.util.BitSet;

/** The ports taken to belong to servers when a connection's beginning was missed (zeek {@code likely_server_ports}). */
public final class LikelyServerPorts {
    private final BitSet[] ports = new BitSet[Port.Proto.values().length];

    public LikelyServerPorts() {
        for (int i = 0; i < ports.length; i++) {
            ports[i] = new BitSet();
        }
    }

    public void add(Port port) {
        ports[port.proto().ordinal()].set(port.number());
    }

    public boolean contains(int number, Port.Proto proto) {
        return ports[proto.ordinal()].get(number);
    }
}
