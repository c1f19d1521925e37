package dev.tandem.core.host;

/**
 * What a script asks of hosts.
 *
 * @param event full name of the event that each result row raises
 * @param sql the query as the script wrote it
 * @param updates which rows are wanted
 * @param intervalSeconds seconds between runs of a scheduled query
 * @param cookie handed back with each row; may be empty
 * @param resultTopic where rows are published when not to this node; may be empty
 */
public record HostQuery(
        String event, String sql, UpdateType updates, long intervalSeconds, String cookie, String resultTopic) {

    /** Whether both are the same subscription: everything but the cookie agrees (Bro-Osquery's same_event). */
    public boolean sameSubscription(HostQuery other) {
        return event.equals(other.event)
                && sql.equals(other.sql)
                && updates == other.updates
                && intervalSeconds == other.intervalSeconds
                && resultTopic.equals(other.resultTopic);
    }
}
