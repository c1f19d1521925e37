package dev.tandem.core.engine;

import java.util.function.IntPredicate;

/**
 * Whose payload the events tcp_contents and udp_contents hand out: everything of a side, or what goes to a server's port, or
 * (UDP) from or to certain ports. Read for every packet whose payload somebody handles.
 */
public final class ContentPorts {
    /** All that originators send. */
    public boolean allOriginators;

    /** All that responders send. */
    public boolean allResponders;

    /** Ports of responders whose originators' payload is wanted. */
    public IntPredicate originators = port -> false;

    public IntPredicate responders = port -> false;

    /** UDP only: ports of either end whose payload is wanted, whoever sends. */
    public IntPredicate eitherEnd = port -> false;

    /** UDP only: look at the responder's port and not at the packet's destination. */
    public boolean useResponderPort;

    /** Of a TCP connection. */
    public boolean wants(boolean fromOriginator, int responderPort) {
        return side(fromOriginator, responderPort);
    }

    private boolean side(boolean fromOriginator, int port) {
        return fromOriginator ? allOriginators || originators.test(port) : allResponders || responders.test(port);
    }

    /** Of a UDP packet. */
    public boolean wants(boolean fromOriginator, int sourcePort, int destinationPort, int responderPort) {
        return eitherEnd.test(destinationPort)
                || eitherEnd.test(sourcePort)
                || side(fromOriginator, useResponderPort ? responderPort : destinationPort);
    }
}
