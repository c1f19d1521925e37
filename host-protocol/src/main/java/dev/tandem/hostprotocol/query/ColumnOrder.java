package dev.tandem.hostprotocol.query;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a query's result in the order of its SELECT, as SQLite names them. osquery's lines have them in the order
 * of the alphabet, and scripts take them in the other. One thread.
 */
public final class ColumnOrder implements AutoCloseable {
    private static final int MOST_KEPT = 4096;

    /** osquery's own functions ({@code osquery/sql}). */
    private static final List<String> FUNCTIONS = List.of(
            "carve",
            "community_id_v1",
            "community_id_v1_strict",
            "concat",
            "concat_ws",
            "conditional_to_base64",
            "find_file_path_in_cmd",
            "from_base64",
            "in_cidr_block",
            "inet_aton",
            "is_path_deterministic",
            "md5",
            "parent_directory",
            "regex_match",
            "regex_split",
            "sha1",
            "sha256",
            "sleep",
            "split",
            "to_base64",
            "version_compare");

    /**
     * What is known of a query. No names and no error mean that the hosts may know more than we do: a table of an extension,
     * say. Then columns are taken as the lines have them.
     *
     * @param events whether it reads a table of events
     * @param error why it can run nowhere
     */
    public record Columns(
            @Nullable List<String> names,
            boolean events,
            @Nullable String error) {}

    private final TableCatalog catalog;
    private @Nullable QueryPlanner planner;
    private final Map<String, Columns> known = new HashMap<>();

    public ColumnOrder(TableCatalog catalog) {
        this.catalog = catalog;
    }

    /** Never fails. */
    public Columns of(String sql) {
        Columns columns = known.get(sql);
        if (columns == null) {
            columns = find(sql);
            if (known.size() >= MOST_KEPT) {
                known.clear();
            }
            known.put(sql, columns);
        }
        return columns;
    }

    private Columns find(String sql) {
        QueryPlanner asked = planner();
        QueryPlan plan = asked.plan(sql);
        String error = plan.error();
        try {
            return error == null
                    ? new Columns(asked.columns(plan), plan.events(), null)
                    : new Columns(null, false, error.contains("no such") ? null : error);
        } catch (SQLException e) {
            return new Columns(null, false, SqlErrors.reason(e));
        }
    }

    /** Made when it is needed: most runs ask no hosts, and SQLite takes its time to start. */
    private QueryPlanner planner() {
        QueryPlanner made = planner;
        if (made == null) {
            made = new QueryPlanner(catalog, FUNCTIONS);
            planner = made;
        }
        return made;
    }

    @Override
    public void close() {
        if (planner != null) {
            planner.close();
        }
    }
}
