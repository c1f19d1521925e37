package dev.tandem.hostprotocol.live;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQueries;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.UpdateType;
import dev.tandem.core.value.Bytes;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.pack.PackQuery;
import dev.tandem.hostprotocol.query.ColumnOrder;
import dev.tandem.hostprotocol.query.HostSchedule;
import dev.tandem.hostprotocol.query.ScheduledQuery;
import dev.tandem.hostprotocol.remote.ConfigDocument;
import dev.tandem.hostprotocol.result.LogBatch;
import dev.tandem.hostprotocol.result.ResultLine;
import dev.tandem.hostprotocol.result.ResultLine.Content;
import dev.tandem.hostprotocol.result.ResultRow;
import dev.tandem.hostprotocol.result.StatusLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns what hosts log and answer into events: each row goes to the query that its line's name stands for, with the columns in
 * the order of the SELECT. Rows of queries that the host is not asked (any more) are counted and dropped. Engine thread.
 */
final class RowDelivery {
    private static final int MOST_SHAPES = 64;
    private static final int MOST_QUERIES = 4096;

    /** Where a row has the columns of a query: lines of the same shape share their list of names. */
    private record Shape(List<String> columns, int[] positions) {}

    private final ColumnOrder order;
    private final HostFacts facts;
    private final Map<String, Map<List<String>, Shape>> shapes = new HashMap<>();
    private long unasked;
    private long delivered;

    RowDelivery(ColumnOrder order, HostFacts facts) {
        this.order = order;
        this.facts = facts;
    }

    /** Rows of queries that nobody asked of their host. */
    long unasked() {
        return unasked;
    }

    /** Rows handed to the sink. */
    long delivered() {
        return delivered;
    }

    void deliver(LogBatch batch, HostSchedule schedule, HostQueries.Sink sink) {
        Node node = batch.node();
        for (StatusLine line : batch.messages()) {
            sink.accept(new HostEvent.Status(
                    node.hostId(),
                    line.severity(),
                    line.message(),
                    line.file() + ":" + line.line(),
                    line.unixTime(),
                    batch.arrival()));
        }
        for (ResultLine line : batch.results()) {
            facts.decorations(node, line.decorations());
            if (line.name().equals(ConfigDocument.ADDRESSES)) {
                facts.addresses(node, line);
                continue;
            }
            ScheduledQuery query = schedule.find(line.name());
            if (query != null) {
                deliver(line, (rows, update) -> rows(rows, update, line, query, node, batch.arrival(), sink));
                continue;
            }
            PackQuery packed = schedule.packs().find(line.name());
            if (packed != null) {
                deliver(line, (rows, update) -> rows(rows, update, line, packed, node, batch.arrival(), sink));
            } else {
                unasked++;
            }
        }
    }

    /** Takes rows of a line that changed in the same way. */
    private interface Taker {
        void take(List<ResultRow> rows, UpdateType update);
    }

    private static void deliver(ResultLine line, Taker to) {
        switch (line.content()) {
            case Content.Difference d -> {
                to.take(d.removed(), UpdateType.REMOVE);
                to.take(d.added(), UpdateType.ADD);
            }
            case Content.Snapshot s -> to.take(s.rows(), UpdateType.SNAPSHOT);
            case Content.SnapshotRow r -> to.take(List.of(r.row()), UpdateType.SNAPSHOT);
        }
    }

    private void rows(
            List<ResultRow> rows,
            UpdateType update,
            ResultLine line,
            ScheduledQuery query,
            Node node,
            double arrival,
            HostQueries.Sink sink) {
        if (!query.wants(update)) {
            return;
        }
        boolean events = order.of(query.query().sql()).events();
        for (ResultRow row : rows) {
            double time = events ? row.eventTime(line.unixTime()) : line.unixTime();
            sink.accept(row(row, update, time, query.query(), node, arrival, line.decorations()));
            delivered++;
        }
    }

    private void rows(
            List<ResultRow> rows,
            UpdateType update,
            ResultLine line,
            PackQuery query,
            Node node,
            double arrival,
            HostQueries.Sink sink) {
        for (ResultRow row : rows) {
            List<@Nullable Bytes> values = new ArrayList<>(row.values().size());
            row.values().forEach(text -> values.add(text == null ? null : Bytes.of(text)));
            sink.accept(new HostEvent.PackRow(
                    node.hostId(),
                    query.pack(),
                    query.name(),
                    update,
                    row.columns(),
                    Collections.unmodifiableList(values),
                    line.decorations(),
                    line.unixTime(),
                    arrival));
            delivered++;
        }
    }

    /** An answer to a question asked once. */
    void deliver(Arrival.Answered answer, HostQueries.Sink sink) {
        if (answer.error() == null) {
            for (ResultRow row : answer.rows()) {
                sink.accept(row(
                        row,
                        UpdateType.SNAPSHOT,
                        answer.arrival(),
                        answer.query(),
                        answer.node(),
                        answer.arrival(),
                        Map.of()));
                delivered++;
            }
        }
        sink.accept(new HostEvent.Finished(
                answer.node().hostId(),
                answer.query(),
                answer.error() == null ? answer.rows().size() : 0,
                answer.error()));
    }

    private HostEvent.Row row(
            ResultRow row,
            UpdateType update,
            double hostTime,
            HostQuery query,
            Node node,
            double arrival,
            Map<String, String> decorations) {
        if (shapes.size() > MOST_QUERIES) {
            shapes.clear(); // queries that are asked once, most likely
        }
        Map<List<String>, Shape> ofQuery = shapes.computeIfAbsent(query.sql(), sql -> new HashMap<>());
        if (ofQuery.size() > MOST_SHAPES) {
            ofQuery.clear(); // somebody invents columns
        }
        Shape shape = ofQuery.computeIfAbsent(row.columns(), columns -> shape(query.sql(), columns));
        int[] positions = shape.positions;
        @Nullable Bytes[] values = new @Nullable Bytes[positions.length];
        for (int i = 0; i < positions.length; i++) {
            String text = positions[i] < 0 ? null : row.values().get(positions[i]);
            values[i] = text == null ? null : Bytes.of(text);
        }
        return new HostEvent.Row(
                node.hostId(),
                query,
                update,
                shape.columns,
                Collections.unmodifiableList(Arrays.asList(values)),
                decorations,
                hostTime,
                arrival);
    }

    private Shape shape(String sql, List<String> given) {
        List<String> wanted = order.of(sql).names();
        if (wanted == null) {
            wanted = given;
        }
        List<String> lower = new ArrayList<>();
        given.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        int[] positions = new int[wanted.size()];
        for (int i = 0; i < positions.length; i++) {
            int exact = given.indexOf(wanted.get(i));
            positions[i] = exact >= 0 ? exact : lower.indexOf(wanted.get(i).toLowerCase(Locale.ROOT));
        }
        return new Shape(wanted, positions);
    }

    /** A query is withdrawn: nothing need be remembered of it. */
    void forget(String sql) {
        shapes.remove(sql);
    }
}
