package dev.tandem.hostprotocol.remote;

import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import dev.tandem.hostprotocol.server.Request;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Lets in who has a node's key. Any thread. */
record NodeGate(Reception reception, NodeRegistry nodes) {
    /** The node that asks; null when its key is nobody's. The body's key counts; older osqueries send no other. */
    @Nullable
    Node node(Request request, String keyOfBody) {
        String key = keyOfBody.isEmpty() ? request.nodeKeyOfHeader() : keyOfBody;
        Node node = key == null ? null : nodes.find(key);
        if (node != null) {
            node.seen(reception.now(), address(request.peer()));
            reception.seen(node);
        }
        return node;
    }

    static String address(SocketAddress peer) {
        return peer instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "";
    }
}
