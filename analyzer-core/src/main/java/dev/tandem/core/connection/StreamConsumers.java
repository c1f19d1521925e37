package dev.tandem.core.connection;

import org.jspecify.annotations.Nullable;

/** Decides who takes the payload of new connections. Engine thread. */
@FunctionalInterface
public interface StreamConsumers {
    /** Asked once a connection, before its first payload; null when nobody cares, which costs the connection nothing. */
    @Nullable
    StreamConsumer consumer(Connection c);
}
