package dev.tandem.hostprotocol.result;

import java.util.List;
import java.util.Map;

/**
 * One line of osquery's result log, in any of its forms: a differential or event row, the rows of a batch
 * ({@code diffResults}), a whole snapshot, or one row of a snapshot. (osquery {@code docs/wiki/deployment/logging.md},
 * {@code osquery/core/query.cpp}.)
 *
 * @param name name of the query in the host's schedule
 * @param hostId the host's identifier, never empty
 * @param unixTime the host's time of the query, seconds since 1970
 * @param epoch the schedule's epoch; 0 when the line has none
 * @param counter how many times the query's result was logged before; 0 when the line has none
 * @param decorations what the host adds to each line, wherever the line has it
 */
public record ResultLine(
        String name,
        String hostId,
        double unixTime,
        long epoch,
        long counter,
        Map<String, String> decorations,
        Content content) {

    /** What the line tells. */
    public sealed interface Content {
        /** Rows that went, and rows that came. An event is a row that came. */
        record Difference(List<ResultRow> removed, List<ResultRow> added) implements Content {}

        /** The query's whole result. */
        record Snapshot(List<ResultRow> rows) implements Content {}

        /** One row of a whole result; the others are in the lines of equal name, time, epoch and counter. */
        record SnapshotRow(ResultRow row) implements Content {}
    }

    /** What came of reading a line. */
    public sealed interface Parsed {
        record Accepted(ResultLine line) implements Parsed {}

        /** @param reason fit to follow {@code file:line: } */
        record Refused(String reason) implements Parsed {}
    }
}
