package dev.tandem.core.backbone;

/**
 * Carries events between those who take part: the scripts of this node, clients at its endpoint, other nodes. Events go to
 * topics; who subscribed to a prefix of a topic gets what is published there, except what he published himself.
 *
 * <p>All methods may be called on any thread. Within one JVM {@link EmbeddedBackbone} does this; a backbone over many nodes
 * has the same face.
 */
public interface Backbone {
    /** What somebody who takes part does with events for him. */
    interface Subscriber {
        /**
         * An event for one of his topics. Called on the publisher's thread: must not block, and must not throw.
         *
         * @param from who published it, to be told when it turns out to be unusable
         * @return false when he could not take it, and it is lost
         */
        boolean accept(String topic, EventMessage message, Subscriber from);

        /**
         * An event that he published is unusable to one who got it. Any thread; must not block.
         *
         * @param reason what is wrong with it
         */
        default void refused(EventMessage message, String reason) {}

        /** Whether he is so far behind that those who publish should wait; what can wait then does. */
        default boolean isBehind() {
            return false;
        }
    }

    /** One who takes part. */
    interface Member extends AutoCloseable {
        /** Asks for every topic that begins with {@code prefix}; the empty prefix is every topic. */
        void subscribe(String prefix);

        /** Takes that back; nothing when it was not asked. */
        void unsubscribe(String prefix);

        /**
         * Sends an event to all others who want the topic, each once.
         *
         * @return how many took it; those elsewhere are not counted
         */
        int publish(String topic, EventMessage message);

        /** Leaves; nothing arrives after this returns, except what is being delivered at that moment. */
        @Override
        void close();
    }

    Member join(Subscriber subscriber);

    /** Whether some subscriber is behind: a source of events that can wait should. */
    boolean isCongested();
}
