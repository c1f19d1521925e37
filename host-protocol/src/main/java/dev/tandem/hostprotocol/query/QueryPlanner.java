package dev.tandem.hostprotocol.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sqlite.Function;
import org.sqlite.SQLiteConfig;

/**
 * Finds out what queries read and whether they can run at all, by letting SQLite prepare them on empty tables. One
 * thread.
 *
 * <p>SQLite's EXPLAIN lists the program a query becomes: each OpenRead names the root page of a table, and a
 * Transaction that writes gives away a statement that is no query.
 *
 * <p>osquery's hidden columns do not come with {@code SELECT *}, which plain SQLite tables cannot do. A query with a star
 * is therefore run with its tables shadowed by common table expressions that lack those columns, unless it names one of
 * them: then it does not prepare that way and runs as it is.
 */
public final class QueryPlanner implements AutoCloseable {
    private static final int MOST_KEPT = 512;

    /** What the program of a plain scan is made of: no grouping, ordering, limit, nested query or second table. */
    private static final Set<String> ROW_BY_ROW = Set.of(
            "Init",
            "Transaction",
            "Goto",
            "Halt",
            "OpenRead",
            "Rewind",
            "Next",
            "Close",
            "Column",
            "ResultRow",
            "Integer",
            "Int64",
            "Real",
            "String",
            "String8",
            "Null",
            "Blob",
            "Copy",
            "SCopy",
            "Move",
            "Noop",
            "Explain",
            "Eq",
            "Ne",
            "Lt",
            "Le",
            "Gt",
            "Ge",
            "If",
            "IfNot",
            "IsNull",
            "NotNull",
            "IsTrue",
            "ElseEq",
            "IsType",
            "And",
            "Or",
            "Not",
            "BitAnd",
            "BitOr",
            "BitNot",
            "ShiftLeft",
            "ShiftRight",
            "Add",
            "Subtract",
            "Multiply",
            "Divide",
            "Remainder",
            "Concat",
            "Affinity",
            "RealAffinity",
            "Cast",
            "CollSeq",
            "Function",
            "PureFunc",
            "Once",
            "MustBeInt",
            "ReleaseReg",
            "ColumnsUsed");

    private final TableCatalog catalog;
    private final Connection empty;
    private final Set<String> made = new HashSet<>();
    private final Map<String, QueryPlan> plans = new LinkedHashMap<>(64, 0.75f, true);

    /** @param catalog complete: tables do not change any more */
    public QueryPlanner(TableCatalog catalog) {
        this(catalog, List.of());
    }

    /** @param functions names of functions that queries may call besides SQLite's own, with any arguments */
    QueryPlanner(TableCatalog catalog, List<String> functions) {
        this.catalog = catalog;
        try {
            this.empty = new SQLiteConfig().createConnection("jdbc:sqlite::memory:");
            for (String function : functions) {
                Function.create(empty, function, new NeverRun());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite does not start: " + e.getMessage(), e);
        }
    }

    /** Never fails: a query that cannot run has a plan that says why. */
    public QueryPlan plan(String sql) {
        QueryPlan plan = plans.get(sql);
        if (plan == null) {
            plan = make(sql);
            if (plans.size() >= MOST_KEPT) {
                plans.remove(plans.keySet().iterator().next());
            }
            plans.put(sql, plan);
        }
        return plan;
    }

    /** Names of the result's columns, as SQLite has them. */
    List<String> columns(QueryPlan plan) throws SQLException {
        try (PreparedStatement statement = empty.prepareStatement(plan.sql())) {
            ResultSetMetaData meta = statement.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                names.add(meta.getColumnName(i));
            }
            return List.copyOf(names);
        }
    }

    /** There so that a query can be prepared. */
    private static final class NeverRun extends Function {
        @Override
        protected void xFunc() {
            throw new IllegalStateException("queries are not run here");
        }
    }

    private QueryPlan make(String sql) {
        SqlWords words = SqlWords.of(sql);
        if (!words.startsAsQuery()) {
            return QueryPlan.failed(sql, "not a SELECT");
        }
        try {
            Set<String> mentioned = tables(words);
            if (words.hasStar()) {
                String narrowed = withoutHiddenColumns(sql, words, mentioned);
                if (prepares(narrowed)) {
                    return explain(narrowed, mentioned);
                }
            }
            return explain(sql, mentioned);
        } catch (SQLException e) {
            return QueryPlan.failed(sql, SqlErrors.reason(e));
        }
    }

    private Set<String> tables(SqlWords words) throws SQLException {
        Set<String> mentioned = new LinkedHashSet<>();
        for (String word : words.all()) {
            TableSchema table = catalog.find(word);
            if (table != null) {
                mentioned.add(word);
                if (made.add(word)) {
                    try (Statement statement = empty.createStatement()) {
                        statement.execute(table.createStatement());
                    }
                }
            }
        }
        return mentioned;
    }

    private String withoutHiddenColumns(String sql, SqlWords words, Set<String> mentioned) {
        StringBuilder shadows = new StringBuilder();
        for (String name : mentioned) {
            TableSchema table = catalog.find(name);
            if (table == null || !table.hasHiddenColumns()) {
                continue;
            }
            String quoted = TableSchema.quoted(name);
            shadows.append(shadows.isEmpty() ? " " : ", ").append(quoted).append(" AS (SELECT ");
            String comma = "";
            for (TableSchema.Column column : table.columns()) {
                if (!column.hidden()) {
                    shadows.append(comma).append(TableSchema.quoted(column.name()));
                    comma = ",";
                }
            }
            shadows.append(" FROM main.").append(quoted).append(')');
        }
        if (shadows.isEmpty()) {
            return sql;
        }
        int at = words.afterWith();
        return at < 0 ? "WITH" + shadows + " " + sql : sql.substring(0, at) + shadows + ", " + sql.substring(at);
    }

    private boolean prepares(String sql) {
        try (PreparedStatement statement = empty.prepareStatement(sql)) {
            return statement.getMetaData().getColumnCount() > 0;
        } catch (SQLException e) {
            return false;
        }
    }

    private QueryPlan explain(String sql, Set<String> mentioned) throws SQLException {
        Map<Integer, String> roots = new HashMap<>();
        Set<String> reads = new LinkedHashSet<>();
        Set<String> operations = new HashSet<>();
        int scans = 0;
        try (Statement statement = empty.createStatement()) {
            try (ResultSet pages = statement.executeQuery("SELECT rootpage, name FROM sqlite_master")) {
                while (pages.next()) {
                    roots.put(pages.getInt(1), pages.getString(2).toLowerCase(Locale.ROOT));
                }
            }
            try (ResultSet program = statement.executeQuery("EXPLAIN " + sql)) {
                while (program.next()) {
                    String operation = program.getString("opcode");
                    int p2 = program.getInt("p2");
                    operations.add(operation);
                    if (operation.equals("Transaction") && p2 != 0) {
                        return QueryPlan.failed(sql, "not a SELECT");
                    }
                    if (operation.equals("OpenRead") && program.getInt("p3") == 0 && roots.containsKey(p2)) {
                        reads.add(roots.get(p2));
                        scans++;
                    }
                }
            }
        }
        boolean events = reads.stream().anyMatch(TableSchema::isEvents);
        boolean rowByRow = scans == 1 && ROW_BY_ROW.containsAll(operations);
        return new QueryPlan(sql, reads, mentioned, events, rowByRow, null);
    }

    @Override
    public void close() {
        try {
            empty.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
