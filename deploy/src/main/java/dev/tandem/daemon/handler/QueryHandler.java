package dev.tandem.daemon.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.control.socket.ControlCall;
import dev.tandem.control.socket.ControlException;
import dev.tandem.control.socket.ControlHandler;
import dev.tandem.control.socket.EngineTasks;
import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.host.UpdateType;
import dev.tandem.core.value.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code query SQL all|host|group NAME USER}: asks hosts once. Rows are {@code {"targets": n}} first, then {@code {"host":
 * ..., "columns": {...}}} for each row, and {@code {"host": ..., "done": n, "rows": n, "error": ...}} for each host that has
 * answered. It ends when all have, or in time.
 */
public final class QueryHandler implements ControlHandler {
    /** What asking needs of the daemon. Engine thread. */
    public interface Asker {
        /** The hosts that are meant and are there. */
        List<String> present(QueryTarget target);

        /** Asks them, and has it logged who did. */
        void ask(HostQuery query, QueryTarget target, String user);
    }

    private final EngineTasks engine;
    private final OperatorQueries queries;
    private final Asker asker;

    public QueryHandler(EngineTasks engine, OperatorQueries queries, Asker asker) {
        this.engine = engine;
        this.queries = queries;
        this.asker = asker;
    }

    @Override
    public String name() {
        return "query";
    }

    @Override
    public void handle(ControlCall call) throws ControlException, InterruptedException {
        String sql = call.argument(0, "a query");
        QueryTarget target = target(call);
        String user = call.arguments().size() > 3 ? call.arguments().get(3) : "";
        long until = System.nanoTime() + call.timeout().toNanos();
        String cookie = queries.begin();
        try {
            List<String> hosts = engine.ask(call.timeout(), () -> {
                List<String> present = asker.present(target);
                if (!present.isEmpty()) {
                    asker.ask(new HostQuery("", sql, UpdateType.SNAPSHOT, 0, cookie, ""), target, user);
                }
                return present;
            });
            if (hosts.isEmpty()) {
                throw new ControlException("no such host is there now: see tandemctl hosts");
            }
            call.row(ControlCall.newRow().put("targets", hosts.size()));
            pass(call, queries.answers(cookie), new HashSet<>(hosts), until);
        } finally {
            queries.end(cookie);
        }
    }

    private static QueryTarget target(ControlCall call) throws ControlException {
        String kind = call.argument(1, "all, host or group");
        return switch (kind) {
            case "all" -> new QueryTarget.Everyone();
            case "host" -> new QueryTarget.OneHost(call.argument(2, "the host's identifier"));
            case "group" -> new QueryTarget.Group(call.argument(2, "the group's name"));
            default -> throw new ControlException("all, host or group is asked, not " + kind);
        };
    }

    private static void pass(ControlCall call, BlockingQueue<HostEvent> answers, Set<String> open, long until)
            throws ControlException, InterruptedException {
        int all = open.size();
        while (!open.isEmpty()) {
            HostEvent event = answers.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new ControlException(
                        open.size() + " of " + all + " hosts did not answer in time: " + String.join(", ", open));
            }
            if (event instanceof HostEvent.Row row) {
                ObjectNode columns = ControlCall.newRow();
                for (int i = 0; i < row.columns().size(); i++) {
                    @Nullable Bytes value = row.values().get(i);
                    columns.put(row.columns().get(i), value == null ? null : value.utf8());
                }
                call.row(ControlCall.newRow().put("host", row.hostId()).set("columns", columns));
            } else if (event instanceof HostEvent.Finished end) {
                open.remove(end.hostId());
                call.row(ControlCall.newRow()
                        .put("host", end.hostId())
                        .put("done", all - open.size())
                        .put("rows", end.rows())
                        .put("error", end.error() == null ? "" : end.error()));
            }
        }
    }
}
