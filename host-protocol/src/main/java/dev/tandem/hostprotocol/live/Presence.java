package dev.tandem.hostprotocol.live;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQueries;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Which hosts are there: those heard of lately. Also finds machines that go by the same identifier. Engine thread but for
 * {@link #seen}.
 */
final class Presence {
    private final NodeRegistry nodes;
    private final double grace;
    private final Map<String, Node> present = new HashMap<>();

    /** When something that a host had said was last told, seconds since 1970: after a crash that may be long after it said so. */
    private final Map<String, Double> told = new HashMap<>();

    private final Set<Node> pending = ConcurrentHashMap.newKeySet();
    private final Queue<Node> arrived = new ConcurrentLinkedQueue<>();
    private final Set<Set<Long>> toldTwins = new HashSet<>();
    private volatile Set<Long> presentNodes = Set.of();

    /** @param grace seconds after its last request for which a host is still taken to be there */
    Presence(NodeRegistry nodes, double grace) {
        this.nodes = nodes;
        this.grace = grace;
    }

    /** A node has made a request. Any thread. */
    void seen(Node node) {
        if (!presentNodes.contains(node.id()) && pending.add(node)) {
            arrived.add(node);
        }
    }

    /** Tells of hosts that have come. */
    void tellArrivals(HostQueries.Sink sink) {
        if (arrived.isEmpty()) {
            return;
        }
        Set<Long> grown = new HashSet<>(presentNodes);
        for (Node node = arrived.poll(); node != null; node = arrived.poll()) {
            grown.add(node.id());
            arrive(node, sink);
            pending.remove(node);
        }
        presentNodes = grown;
    }

    private void arrive(Node node, HostQueries.Sink sink) {
        if (present.put(node.hostId(), node) == null) {
            sink.accept(new HostEvent.Connected(node.hostId()));
            if (!node.peer().isEmpty()) {
                sink.accept(new HostEvent.HeardFrom(node.hostId(), node.peer()));
            }
        }
    }

    /** Makes a host present because what it said is about to be told. Returns whether it was not. */
    boolean require(Node node, double now, HostQueries.Sink sink) {
        told.put(node.hostId(), now);
        if (present.containsKey(node.hostId())) {
            return false;
        }
        arrive(node, sink);
        return true;
    }

    /** Tells of hosts that have gone, and of those that are one too many. */
    void tellDepartures(double now, HostQueries.Sink sink) {
        Map<String, List<Node>> heard = new HashMap<>();
        for (Node node : nodes.all()) {
            if (node.lastSeen() > now - grace) {
                heard.computeIfAbsent(node.hostId(), h -> new ArrayList<>(1)).add(node);
            }
        }
        present.keySet().removeIf(host -> {
            if (!heard.containsKey(host) && told.getOrDefault(host, 0.0) <= now - grace) {
                told.remove(host);
                sink.accept(new HostEvent.Disconnected(host));
                return true;
            }
            return false;
        });
        present.replaceAll((host, node) -> stillThere(node, heard.getOrDefault(host, List.of())));
        Set<Long> left = new HashSet<>();
        heard.forEach((host, those) -> {
            if (present.containsKey(host)) {
                those.forEach(node -> left.add(node.id()));
            }
            List<Node> together = together(those);
            if (together.size() > 1) {
                tellTwins(host, together, now, sink);
            }
        });
        left.retainAll(presentNodes);
        presentNodes = left;
    }

    /** The node that stands for a host: the same while it is heard of, else the one that was heard of last. */
    private static Node stillThere(Node node, List<Node> heard) {
        return heard.isEmpty() || heard.contains(node)
                ? node
                : Collections.max(heard, Comparator.comparingDouble(Node::lastSeen));
    }

    /** Those heard of since the last of them enrolled: one that is silent since is the same machine, installed anew. */
    private static List<Node> together(List<Node> those) {
        double enrolled = 0;
        for (Node node : those) {
            enrolled = Math.max(enrolled, node.enrolled());
        }
        double since = enrolled;
        return those.stream().filter(node -> node.lastSeen() >= since).toList();
    }

    private void tellTwins(String host, List<Node> those, double now, HostQueries.Sink sink) {
        Set<Long> ids = new HashSet<>();
        List<String> machines = new ArrayList<>();
        for (Node node : those) {
            ids.add(node.id());
            machines.add("instance " + node.instance() + " at " + node.peer());
        }
        if (toldTwins.add(ids)) {
            sink.accept(new HostEvent.Status(
                    host,
                    1,
                    "duplicate host identifier: " + String.join(", ", machines)
                            + "; give them --host_identifier=instance or =uuid, or identifiers of their own",
                    "tandem",
                    0,
                    now));
        }
    }

    /** How many nodes are there. Any thread. */
    int online() {
        return presentNodes.size();
    }

    /** The hosts that are there, each by the node that was heard of last. */
    Collection<Node> present() {
        return present.values();
    }
}
