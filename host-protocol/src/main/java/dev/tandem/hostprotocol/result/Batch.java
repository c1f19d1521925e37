package dev.tandem.hostprotocol.result;

import java.util.List;

/**
 * What a host told at once about one table: the rows of one run of one query.
 *
 * @param table name, lower case
 * @param arrival when the last of it reached us, seconds since 1970
 * @param hostTime the host's time of the run, seconds since 1970
 * @param replace whether the rows are the table's whole content, so that what was there goes
 * @param changes in order
 */
record Batch(String hostId, String table, double arrival, double hostTime, boolean replace, List<Change> changes) {
    /** @param added false: the row went */
    record Change(boolean added, ResultRow row) {}
}
