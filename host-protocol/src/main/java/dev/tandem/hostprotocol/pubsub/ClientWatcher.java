package dev.tandem.hostprotocol.pubsub;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told of clients. Event loops: must not block. */
public interface ClientWatcher {
    /**
     * A client of the endpoint.
     *
     * @param id what the node calls it
     * @param application what it called itself; null when it did not
     */
    record Client(
            String id, InetSocketAddress address, @Nullable String application) {}

    /** It has said which topics it wants. */
    void added(Client client, List<String> topics);

    /**
     * It has gone.
     *
     * @param code of WebSocket's close; 1006 when it went without
     */
    void lost(Client client, int code, String reason);
}
