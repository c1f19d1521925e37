package dev.tandem.hostprotocol.enroll;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Hosts that are enrolled when a test begins. */
public final class Enrolled {
    private Enrolled() {}

    /** Enrols a host and waits for it. */
    public static Node host(NodeRegistry nodes, String id) throws Exception {
        return host(nodes, id, "i", 1);
    }

    /**
     * The same for one of several machines with that identifier.
     *
     * @param time seconds since 1970
     */
    public static Node host(NodeRegistry nodes, String id, String instance, double time) throws Exception {
        CompletableFuture<Node> enrolled = new CompletableFuture<>();
        nodes.enroll(id, instance, Map.of(), time, new NodeRegistry.Outcome() {
            @Override
            public void enrolled(Node node, String key) {
                enrolled.complete(node);
            }

            @Override
            public void failed(String reason) {
                enrolled.completeExceptionally(new AssertionError(reason));
            }
        });
        return enrolled.get(30, TimeUnit.SECONDS);
    }
}
