package dev.tandem.core.host;

import dev.tandem.core.value.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something a monitored host said. */
public sealed interface HostEvent {
    String hostId();

    /** The host is there: its first message, or its return. */
    record Connected(String hostId) implements HostEvent {}

    /**
     * Where a host's own connection to us comes from, as we see it: its address, or that of a router that translates.
     *
     * @param address as text
     */
    record HeardFrom(String hostId, String address) implements HostEvent {}

    record Disconnected(String hostId) implements HostEvent {}

    /**
     * One row of a query's result.
     *
     * @param query the query it answers
     * @param update ADD, REMOVE or SNAPSHOT
     * @param columns column names in the order of the SELECT
     * @param values text of each column, null for SQL NULL
     * @param decorations what the host adds to each of its lines, by name; empty when it adds nothing
     * @param hostTime the host's own time of the row, seconds since 1970
     * @param arrivalTime when the row reached us, seconds since 1970
     */
    record Row(
            String hostId,
            HostQuery query,
            UpdateType update,
            List<String> columns,
            List<@Nullable Bytes> values,
            Map<String, String> decorations,
            double hostTime,
            double arrivalTime)
            implements HostEvent {}

    /**
     * One row of a query that no script asked for, but a pack of queries that an operator gave.
     *
     * @param pack its name
     * @param query the query's name in the pack
     * @param update ADD, REMOVE or SNAPSHOT
     * @param columns as the host names them, in the order of its line
     * @param values text of each column, null for SQL NULL
     * @param decorations what the host adds to each of its lines, by name; empty when it adds nothing
     * @param hostTime the host's own time of the row, seconds since 1970
     * @param arrivalTime when the row reached us, seconds since 1970
     */
    record PackRow(
            String hostId,
            String pack,
            String query,
            UpdateType update,
            List<String> columns,
            List<@Nullable Bytes> values,
            Map<String, String> decorations,
            double hostTime,
            double arrivalTime)
            implements HostEvent {}

    /**
     * A one-time query has ended at one host.
     *
     * @param rows how many rows it gave
     * @param error why it failed; null when it did not
     */
    record Finished(
            String hostId,
            HostQuery query,
            int rows,
            @Nullable String error) implements HostEvent {}

    /**
     * A line of a host's own log: what its agent has to say of itself.
     *
     * @param severity 0 information, 1 warning, 2 error, 3 fatal
     * @param origin file and line of the agent's source, parted by a colon
     * @param hostTime the host's own time of it, seconds since 1970; 0 when it does not say
     * @param arrivalTime when it reached us, seconds since 1970
     */
    record Status(String hostId, int severity, String message, String origin, double hostTime, double arrivalTime)
            implements HostEvent {}
}
