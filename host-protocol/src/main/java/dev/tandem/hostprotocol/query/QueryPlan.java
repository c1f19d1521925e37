package dev.tandem.hostprotocol.query;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a query before it runs.
 *
 * @param sql the text to run: the query's own, or one that means the same
 * @param reads the tables it reads, lower case
 * @param mentions the tables that must exist for it to be prepared; holds all of {@code reads}
 * @param events whether one of {@code reads} is an event table
 * @param rowByRow whether each row of the one table it reads gives its result rows whatever the other rows are
 * @param error why it cannot run; null when it can
 */
public record QueryPlan(
        String sql,
        Set<String> reads,
        Set<String> mentions,
        boolean events,
        boolean rowByRow,
        @Nullable String error) {
    static QueryPlan failed(String sql, String error) {
        return new QueryPlan(sql, Set.of(), Set.of(), false, false, error);
    }
}
