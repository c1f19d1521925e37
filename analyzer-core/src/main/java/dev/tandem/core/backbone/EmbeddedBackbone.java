package dev.tandem.core.backbone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A backbone within one JVM: publishing calls the subscribers.
 *
 * <p>Members are found by every beginning of the topic, so that publishing costs what the topic's length and its subscribers
 * are, however many others there are.
 */
public final class EmbeddedBackbone implements Backbone {
    private final Map<String, Set<Node>> byPrefix = new ConcurrentHashMap<>();
    private final List<Node> members = new CopyOnWriteArrayList<>();

    @Override
    public Member join(Subscriber subscriber) {
        Node node = new Node(subscriber);
        members.add(node);
        return node;
    }

    @Override
    public boolean isCongested() {
        for (Node node : members) {
            if (node.subscriber.isBehind()) {
                return true;
            }
        }
        return false;
    }

    /** Everyone who wants the topic, once. */
    private List<Node> wanting(String topic) {
        List<Node> all = new ArrayList<>();
        for (int length = 0; length <= topic.length(); length++) {
            Set<Node> nodes = byPrefix.get(topic.substring(0, length));
            if (nodes == null) {
                continue;
            }
            for (Node node : nodes) {
                if (all.isEmpty() || node.prefixes.size() == 1 || !all.contains(node)) {
                    all.add(node);
                }
            }
        }
        return all;
    }

    private final class Node implements Member {
        private final Subscriber subscriber;
        private final Set<String> prefixes = ConcurrentHashMap.newKeySet();

        Node(Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void subscribe(String prefix) {
            prefixes.add(prefix);
            byPrefix.compute(prefix, (p, nodes) -> {
                Set<Node> all = nodes == null ? ConcurrentHashMap.newKeySet() : nodes;
                all.add(this);
                return all;
            });
        }

        @Override
        public void unsubscribe(String prefix) {
            prefixes.remove(prefix);
            byPrefix.computeIfPresent(prefix, (p, nodes) -> {
                nodes.remove(this);
                return nodes.isEmpty() ? null : nodes;
            });
        }

        @Override
        public int publish(String topic, EventMessage message) {
            int taken = 0;
            for (Node node : wanting(topic)) {
                if (node != this && node.subscriber.accept(topic, message, subscriber)) {
                    taken++;
                }
            }
            return taken;
        }

        @Override
        public void close() {
            members.remove(this);
            prefixes.forEach(this::unsubscribe);
        }
    }
}
