package dev.tandem.hostprotocol.pubsub;

import java.util.List;

/**
 * What the holder of a token may do.
 *
 * @param name tells holders apart in messages
 * @param publish beginnings of the topics that he may publish on; the empty one is all
 * @param subscribe beginnings of the topics that he may subscribe to; the empty one is all
 */
public record Permissions(String name, List<String> publish, List<String> subscribe) {
    public Permissions {
        publish = List.copyOf(publish);
        subscribe = List.copyOf(subscribe);
    }

    public boolean mayPublish(String topic) {
        return publish.stream().anyMatch(topic::startsWith);
    }

    /** @param prefix of topics: every one that begins so must be allowed */
    public boolean maySubscribe(String prefix) {
        return subscribe.stream().anyMatch(prefix::startsWith);
    }
}
