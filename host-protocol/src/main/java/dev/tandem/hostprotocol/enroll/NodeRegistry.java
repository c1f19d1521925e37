package dev.tandem.hostprotocol.enroll;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The enrolled hosts: in memory for event loops and engine, on disk for the next run. Writing is done by a thread of its own.
 *
 * <p>A node is an osquery database: a host identifier and an instance. When a host enrols again its old key is void. The same
 * identifier with another instance is another node, whose key leaves the first one's good: whether the machine was installed
 * anew or is a copy, only time tells, and copies that void each other's keys would enrol for ever. When both are heard of,
 * they are reported.
 */
public final class NodeRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistry.class);
    private static final int STOP_SECONDS = 5;

    private record Identity(String hostId, String instance) {}

    /** What comes of an enrolment. */
    public interface Outcome {
        /** @param key for the host alone */
        void enrolled(Node node, String key);

        void failed(String reason);
    }

    private final NodeStore store;
    private final Map<String, Node> byKey = new ConcurrentHashMap<>();
    private final Map<Identity, Node> byIdentity = new ConcurrentHashMap<>();
    private final Map<Node, String> keys = new ConcurrentHashMap<>();
    private final Map<Long, Node> byId = new ConcurrentHashMap<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().name("hosts-db").daemon().unstarted(task));

    private NodeRegistry(NodeStore store) {
        this.store = store;
    }

    /** @throws IOException when the database cannot be used; the message names it */
    public static NodeRegistry open(Path file) throws IOException {
        NodeRegistry registry = new NodeRegistry(new NodeStore(file));
        try {
            registry.store.load(registry::add);
            registry.revoked.addAll(registry.store.revoked());
        } catch (SQLException e) {
            registry.close();
            throw new IOException(file + ": cannot be read: " + e.getMessage(), e);
        }
        return registry;
    }

    private void add(Node node, String keyHash) {
        byId.put(node.id(), node);
        byIdentity.put(new Identity(node.hostId(), node.instance()), node);
        if (!keyHash.isEmpty()) {
            byKey.put(keyHash, node);
            keys.put(node, keyHash);
        }
    }

    /** Whose key that is; null when it is nobody's (any more). */
    public @Nullable Node find(String key) {
        return byKey.get(NodeKey.hash(key));
    }

    /** The node of that number; null when it was never there. */
    public @Nullable Node find(long id) {
        return byId.get(id);
    }

    /** Every node that ever enrolled. */
    public Collection<Node> all() {
        return byId.values();
    }

    public boolean isRevoked(String hostId) {
        return revoked.contains(hostId);
    }

    /**
     * Enrols a host and tells the outcome on the registry's thread.
     *
     * @param time seconds since 1970
     */
    public void enroll(String hostId, String instance, Map<String, String> details, double time, Outcome outcome) {
        submit(() -> {
            if (revoked.contains(hostId)) {
                outcome.failed("this host is revoked");
                return;
            }
            try {
                String key = NodeKey.create();
                outcome.enrolled(enrolled(hostId, instance, NodeKey.hash(key), details, time), key);
            } catch (SQLException e) {
                LOG.error("a host's enrolment cannot be stored: {}", e.getMessage());
                outcome.failed("the enrolment cannot be stored");
            }
        });
    }

    private Node enrolled(String hostId, String instance, String keyHash, Map<String, String> details, double time)
            throws SQLException {
        Node node = byIdentity.get(new Identity(hostId, instance));
        if (node == null) {
            long id = store.insert(hostId, instance, keyHash, details, time);
            node = new Node(id, hostId, instance, details, time, 0, false, Set.of(), Set.of());
        } else {
            store.enrolledAgain(node.id(), keyHash, details, time);
            node.enrolledAgain(details, time);
            String old = keys.remove(node);
            if (old != null) {
                byKey.remove(old);
            }
        }
        add(node, keyHash);
        return node;
    }

    /** Voids a host's keys and keeps it from enrolling again, whatever secret it has. */
    public void revoke(String hostId, double time) {
        revoked.add(hostId);
        voidKeys(hostId);
        submit(() -> {
            voidKeys(hostId); // of an enrolment that was on its way
            try {
                store.revoke(hostId, time);
            } catch (SQLException e) {
                LOG.error("{} is revoked, but for this run only: {}", hostId, e.getMessage());
            }
        });
    }

    private void voidKeys(String hostId) {
        for (Node node : byId.values()) {
            if (node.hostId().equals(hostId)) {
                String hash = keys.remove(node);
                if (hash != null) {
                    byKey.remove(hash);
                }
            }
        }
    }

    /** Takes a {@link #revoke} back: the host may enrol again. */
    public void permit(String hostId) {
        revoked.remove(hostId);
        submit(() -> {
            try {
                store.permit(hostId);
            } catch (SQLException e) {
                LOG.error("{} may enrol again, but in this run only: {}", hostId, e.getMessage());
            }
        });
    }

    /** Stores what is new of nodes. To be called now and then; returns at once. */
    public void store(double seenSince) {
        List<Node> changed = byId.values().stream()
                .filter(node -> {
                    boolean isNew = node.takeChanged();
                    return isNew || node.lastSeen() >= seenSince;
                })
                .toList();
        if (!changed.isEmpty()) {
            submit(() -> update(changed));
        }
    }

    private void update(List<Node> changed) {
        try {
            store.update(changed);
        } catch (SQLException e) {
            changed.forEach(Node::changedStill);
            LOG.warn("what is new of {} hosts cannot be stored yet: {}", changed.size(), e.getMessage());
        }
    }

    private void submit(Runnable task) {
        try {
            writer.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the registry is closed", e);
        }
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the database of hosts does not answer");
            }
            store.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.warn("the database of hosts is not closed: {}", e.getMessage());
        }
    }
}
