package dev.tandem.hostprotocol.pubsub;

/**
 * Bounds of the endpoint.
 *
 * @param pingSeconds a client from which nothing has come for so long is asked whether it is there, and cut off when it does
 *     not answer in the same time; 0 asks nobody
 * @param mostMessageBytes of a message from a client
 * @param mostQueuedBytes of messages that wait for one client; what comes beyond is lost to it
 */
public record PubSubSettings(int pingSeconds, int mostMessageBytes, long mostQueuedBytes) {
    public static final PubSubSettings STANDARD = new PubSubSettings(30, 1 << 20, 8L << 20);
}
