package dev.tandem.hostprotocol.result;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.UpdateType;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.hostprotocol.query.QueryPlan;
import dev.tandem.hostprotocol.query.QueryPlanner;
import dev.tandem.hostprotocol.query.SqlErrors;
import dev.tandem.hostprotocol.query.TableSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One host of a recording: its tables as of now, and the queries it has been asked.
 *
 * <p>A recording begins with the first runs of many queries, one after the other; on the host itself all the tables
 * were there. So a query is first answered when each state table that it reads, and that is among the first ones
 * recorded, has been told once.
 */
final class RecordedHost implements AutoCloseable {
    static final String ADDRESSES = "interface_addresses";

    private static final Logger LOG = LoggerFactory.getLogger(RecordedHost.class);

    /** A one-time query that is not answered yet. */
    private record Question(HostQuery query, QueryPlan plan) {}

    private final String id;
    private final Set<String> awaited;
    private final TableDatabase database;
    private final TableDatabase scratch;
    private final QueryPlanner planner;
    private final QueryFailures failures;
    private final Consumer<HostEvent> out;
    private final Map<HostQuery, Watch> watches = new LinkedHashMap<>();
    private final Map<String, List<Watch>> readers = new HashMap<>();
    private final List<Question> questions = new ArrayList<>();
    private Set<Addr> addresses = Set.of();
    private Set<String> groups = Set.of();
    private double hostTime;
    private double now;

    /**
     * @param awaited state tables that will be told of soon; this takes them out as they come
     * @param database the host's own
     * @param scratch shared by all hosts, empty but while rows are put before queries that take them one by one
     */
    RecordedHost(
            String id,
            Set<String> awaited,
            TableDatabase database,
            TableDatabase scratch,
            QueryPlanner planner,
            QueryFailures failures,
            Consumer<HostEvent> out) {
        this.id = id;
        this.awaited = awaited;
        this.database = database;
        this.scratch = scratch;
        this.planner = planner;
        this.failures = failures;
        this.out = out;
    }

    String id() {
        return id;
    }

    Set<String> groups() {
        return groups;
    }

    void setGroups(Set<String> groups) {
        this.groups = groups;
    }

    /** Addresses of its interfaces, as far as they are told. */
    Set<Addr> addresses() {
        return addresses;
    }

    void setNow(double now, double hostTime) {
        this.now = now;
        this.hostTime = hostTime;
    }

    void setNow(double now) {
        this.now = Math.max(now, this.now);
    }

    /**
     * Makes these the host's subscriptions: new ones start with their whole result, others than these end.
     *
     * @param wanted queries by what makes them the same
     */
    void watch(Map<HostQuery, HostQuery> wanted) {
        List<HostQuery> ended = watches.keySet().stream()
                .filter(key -> !wanted.containsKey(key))
                .toList();
        ended.forEach(this::end);
        wanted.forEach((key, query) -> {
            if (!watches.containsKey(key)) {
                start(key, query);
            }
        });
    }

    private void start(HostQuery key, HostQuery query) {
        QueryPlan plan = planner.plan(query.sql());
        Watch watch = new Watch(query, plan);
        watches.put(key, watch);
        String error = plan.error();
        if (error != null) {
            watch.setBroken();
            failures.tell(id, query, error);
            return;
        }
        plan.reads()
                .forEach(table ->
                        readers.computeIfAbsent(table, t -> new ArrayList<>()).add(watch));
        if (!plan.events()) {
            evaluate(watch);
        }
    }

    private void end(HostQuery key) {
        Watch watch = watches.remove(key);
        if (watch != null) {
            readers.values().forEach(list -> list.remove(watch));
            boolean shared = watches.values().stream()
                    .anyMatch(other -> other.plan().sql().equals(watch.plan().sql()));
            if (!shared) {
                database.forget(watch.plan());
            }
        }
    }

    /** Answers a one-time query, now or as soon as the tables are there. */
    void ask(HostQuery query) {
        Question question = new Question(query, planner.plan(query.sql()));
        if (isReady(question.plan())) {
            answer(question);
        } else {
            questions.add(question);
        }
    }

    private void answer(Question question) {
        String error = question.plan().error();
        int rows = 0;
        if (error == null) {
            try {
                TableDatabase.Result result = database.runOnce(question.plan());
                for (List<@Nullable Bytes> row : result.rows()) {
                    emit(question.query(), UpdateType.SNAPSHOT, result.columns(), row, hostTime);
                }
                rows = result.rows().size();
            } catch (SQLException e) {
                error = SqlErrors.reason(e);
            }
        }
        if (error != null) {
            LOG.warn("query \"{}\" fails on {}: {}", question.query().sql(), id, error);
        }
        out.accept(new HostEvent.Finished(id, question.query(), rows, error));
    }

    /** Takes a batch of this host; says whether its addresses have changed. */
    boolean take(Batch batch) {
        setNow(batch.arrival(), batch.hostTime());
        boolean moved = false;
        try {
            if (TableSchema.isEvents(batch.table())) {
                takeEvents(batch);
            } else {
                takeState(batch);
                moved = batch.table().equals(ADDRESSES) && readAddresses();
            }
        } catch (SQLException e) {
            LOG.warn("rows of {} from {} are lost: {}", batch.table(), id, SqlErrors.reason(e));
        }
        for (Watch watch : watches.values()) {
            if (watch.wantsSnapshots() && watch.isDue(now)) {
                evaluate(watch);
            }
        }
        return moved;
    }

    private void takeEvents(Batch batch) throws SQLException {
        List<Watch> alone = new ArrayList<>();
        List<Watch> joined = new ArrayList<>();
        for (Watch watch : readers.getOrDefault(batch.table(), List.of())) {
            (watch.plan().rowByRow() ? alone : joined).add(watch);
        }
        for (Batch.Change change : batch.changes()) {
            if (change.added()) {
                List<ResultRow> row = List.of(change.row());
                double time = change.row().eventTime(hostTime);
                present(row, batch.table(), scratch, alone, (w, r) -> w.event(r, delivery(w, time)));
                present(row, batch.table(), database, joined, (w, r) -> w.event(r, delivery(w, time)));
            }
        }
    }

    private void takeState(Batch batch) throws SQLException {
        List<Watch> changed = new ArrayList<>();
        List<Watch> whole = new ArrayList<>();
        for (Watch watch : readers.getOrDefault(batch.table(), List.of())) {
            if (watch.wantsSnapshots()) {
                watch.touch();
            } else if (!watch.plan().events()) {
                (watch.plan().rowByRow() && watch.hasStarted() ? changed : whole).add(watch);
            }
        }
        TableRows rows = database.table(batch.table());
        List<ResultRow> removed = batch.replace() ? rows.all() : new ArrayList<>();
        List<ResultRow> added = new ArrayList<>();
        if (batch.replace()) {
            rows.clear();
        }
        for (Batch.Change change : batch.changes()) {
            if (change.added()) {
                rows.add(change.row());
                added.add(change.row());
            } else if (rows.remove(change.row())) {
                removed.add(change.row());
            }
        }
        awaited.remove(batch.table());
        Map<Watch, TableDatabase.Result> gone = new HashMap<>();
        present(removed, batch.table(), scratch, changed, gone::put);
        Map<Watch, TableDatabase.Result> come = new HashMap<>();
        present(added, batch.table(), scratch, changed, come::put);
        for (Watch watch : changed) {
            watch.difference(gone.get(watch), come.get(watch), delivery(watch, hostTime));
        }
        whole.forEach(this::evaluate);
        answerReady();
    }

    /** Runs queries on a table that holds these rows and no others. */
    private void present(
            List<ResultRow> rows,
            String table,
            TableDatabase where,
            List<Watch> watching,
            BiConsumer<Watch, TableDatabase.Result> taker)
            throws SQLException {
        if (rows.isEmpty() || watching.isEmpty()) {
            return;
        }
        TableRows place = where.table(table);
        place.present(rows);
        for (Watch watch : watching) {
            TableDatabase.Result result = run(where, watch);
            if (result != null) {
                taker.accept(watch, result);
            }
        }
        place.clear();
    }

    private void answerReady() {
        for (Iterator<Question> each = questions.iterator(); each.hasNext(); ) {
            Question question = each.next();
            if (isReady(question.plan())) {
                each.remove();
                answer(question);
            }
        }
    }

    /** The recording is over: whatever waits for its time comes now. */
    void finish() {
        awaited.clear();
        answerReady();
        for (Watch watch : watches.values()) {
            if (watch.wantsSnapshots() && watch.isStale()) {
                evaluate(watch);
            }
        }
    }

    private void evaluate(Watch watch) {
        TableDatabase.Result result = isReady(watch.plan()) ? run(database, watch) : null;
        if (result == null) {
            return;
        }
        if (watch.wantsSnapshots()) {
            watch.snapshot(result, now, delivery(watch, hostTime));
        } else {
            watch.next(result, delivery(watch, hostTime));
        }
    }

    private TableDatabase.@Nullable Result run(TableDatabase where, Watch watch) {
        if (watch.isBroken()) {
            return null;
        }
        try {
            return where.run(watch.plan());
        } catch (SQLException e) {
            if (TableDatabase.tookTooLong(e)) {
                watch.setBroken();
            }
            failures.tell(id, watch.query(), SqlErrors.reason(e));
            return null;
        }
    }

    private Watch.Delivery delivery(Watch watch, double time) {
        return (update, columns, values) -> emit(watch.query(), update, columns, values, time);
    }

    private boolean isReady(QueryPlan plan) {
        return awaited.isEmpty() || Collections.disjoint(plan.reads(), awaited);
    }

    private boolean readAddresses() throws SQLException {
        QueryPlan plan = planner.plan("SELECT address FROM " + ADDRESSES);
        if (plan.error() != null) {
            return false;
        }
        Set<Addr> found = new LinkedHashSet<>();
        for (List<@Nullable Bytes> row : database.run(plan).rows()) {
            Bytes text = row.getFirst();
            Addr addr = text == null ? null : Addr.parse(withoutZone(text.utf8()));
            if (addr != null) {
                found.add(addr);
            }
        }
        boolean moved = !found.equals(addresses);
        addresses = found;
        return moved;
    }

    /** {@code fe80::1%eth0} without its interface. */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private void emit(
            HostQuery query, UpdateType update, List<String> columns, List<@Nullable Bytes> values, double time) {
        out.accept(new HostEvent.Row(id, query, update, columns, values, Map.of(), time, now));
    }

    @Override
    public void close() {
        database.close();
    }
}
