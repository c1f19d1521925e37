package dev.tandem.hostprotocol.live;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQueries;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Subnet;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.pack.PackFile;
import dev.tandem.hostprotocol.pack.QueryPacks;
import dev.tandem.hostprotocol.query.ColumnOrder;
import dev.tandem.hostprotocol.query.HostGroups;
import dev.tandem.hostprotocol.query.HostSchedule;
import dev.tandem.hostprotocol.query.KnownTables;
import dev.tandem.hostprotocol.query.QueryNames;
import dev.tandem.hostprotocol.query.ScheduleBook;
import dev.tandem.hostprotocol.query.Subscriptions;
import dev.tandem.hostprotocol.query.TableCatalog;
import dev.tandem.hostprotocol.result.LogBatch;
import dev.tandem.hostprotocol.result.ResultLine;
import dev.tandem.hostprotocol.server.RequestRouter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitored hosts: what scripts ask of them, and the port at which they fetch it and answer. Until {@link #open} it takes
 * queries and nobody answers.
 *
 * <p>The engine thread owns subscriptions, groups and presence. Event loops read them out of a {@link ScheduleBook} that is
 * published once a turn, and leave what hosts say in a bounded queue behind the journal ({@link HostPort}); {@link #poll}
 * takes it from there. All methods on the engine thread unless they say otherwise.
 */
public final class LiveHosts implements HostQueries {
    private static final Logger LOG = LoggerFactory.getLogger(LiveHosts.class);

    /** Rows handed over in one turn at most, so that packets do not wait for hosts. */
    private static final int ROWS_PER_TURN = 8192;

    private static final double HOUSEKEEPING_SECONDS = 1;

    private final RequestRouter router = new RequestRouter();
    private final ColumnOrder order = new ColumnOrder(new TableCatalog(KnownTables.shipped()));
    private final Subscriptions subscriptions = new Subscriptions();
    private final HostGroups groups = new HostGroups();
    private final QueryNames names = new QueryNames();
    private final HostFacts facts = new HostFacts();
    private final RowDelivery delivery = new RowDelivery(order, facts);
    private final List<HostEvent> own = new ArrayList<>();
    private final Map<String, HostReport.Activity> activities = new HashMap<>();
    private QueryPacks packs = QueryPacks.NONE;
    private boolean prefixGroups;
    private boolean changed = true;
    private boolean accepting;
    private double housekept;
    private volatile ScheduleBook book = new ScheduleBook(subscriptions.copy(), groups.copy(), packs, false, q -> "");
    private @Nullable HostPort port;
    private @Nullable Presence presence;

    /** Paths that others serve at the same port are added here, before {@link #open}. */
    public RequestRouter router() {
        return router;
    }

    /**
     * Opens the port; hosts are let in from the first {@link #poll} on.
     *
     * @param committed place in the journal up to which the logs are safe
     * @param notes told what a user is to know, such as where a secret was put
     * @throws IOException when something is not there or is taken; the message is fit for the user
     */
    public void open(HostSettings settings, long committed, Consumer<String> notes) throws IOException {
        prefixGroups = settings.prefixGroups();
        packs(PackFile.read(
                settings.packs(),
                settings.decorators(),
                settings.agentOptions().getOrDefault("pack_delimiter", QueryPacks.USUAL_DELIMITER),
                sql -> order.of(sql).error(),
                notes));
        HostPort opened = HostPort.open(settings, committed, router, () -> book, notes);
        port = opened;
        presence = opened.presence();
    }

    /** Gives hosts these packs and no others. */
    void packs(QueryPacks given) {
        packs = given;
        changed = true;
    }

    /** Whether there is a port. */
    public boolean isOpen() {
        return port != null;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return opened().address();
    }

    private HostPort opened() {
        HostPort open = port;
        if (open == null) {
            throw new IllegalStateException("no port is open for hosts");
        }
        return open;
    }

    // ---- what scripts ask

    @Override
    public void subscribe(HostQuery query, QueryTarget target) {
        String error = port == null ? null : order.of(query.sql()).error();
        if (error != null) {
            LOG.warn("query \"{}\" for event {} fails: {}", query.sql(), query.event(), error);
            own.add(new HostEvent.Finished("", query, 0, error));
            return;
        }
        if (!subscriptions.has(query)) {
            names.begin(query);
        }
        subscriptions.add(query, target);
        changed = true;
    }

    @Override
    public void unsubscribe(HostQuery query, QueryTarget target) {
        if (subscriptions.remove(query, target)) {
            delivery.forget(query.sql());
            if (!subscriptions.has(query)) {
                names.end(query);
            }
            changed = true;
        }
    }

    @Override
    public void execute(HostQuery query, QueryTarget target) {
        HostPort open = port;
        Presence there = presence;
        if (open == null || there == null) {
            return;
        }
        publish();
        String error = order.of(query.sql()).error();
        int asked = 0;
        for (Node node : there.present()) {
            if (book.covers(target, node.hostId(), book.groups(node.addresses(), node.groups()))) {
                asked++;
                if (error != null) {
                    own.add(new HostEvent.Finished(node.hostId(), query, 0, error));
                } else if (!open.ask(node, query)) {
                    own.add(new HostEvent.Finished(node.hostId(), query, 0, "too many queries wait for this host"));
                }
            }
        }
        if (asked == 0 && target instanceof QueryTarget.OneHost one) {
            own.add(new HostEvent.Finished(one.hostId(), query, 0, "host is not connected"));
        }
    }

    @Override
    public void join(Subnet range, String group) {
        changed |= groups.join(range, group);
    }

    @Override
    public void leave(Subnet range, String group) {
        changed |= groups.leave(range, group);
    }

    /** Shows event loops what has changed. */
    private void publish() {
        if (changed) {
            changed = false;
            Map<HostQuery, String> all = names.all();
            book = new ScheduleBook(
                    subscriptions.copy(), groups.copy(), packs, prefixGroups, query -> all.getOrDefault(query, ""));
        }
    }

    /** What a host is asked by now. Any thread. */
    public HostSchedule schedule(Node node) {
        return book.of(node.hostId(), node.addresses(), node.groups());
    }

    // ---- what hosts answer

    @Override
    public int poll(double networkTime, Sink sink) {
        HostPort open = port;
        Presence there = presence;
        int events = deliverOwn(sink);
        publish();
        if (open == null || there == null) {
            return events;
        }
        if (!accepting) {
            accepting = true;
            open.accept();
        }
        there.tellArrivals(sink);
        double now = open.now();
        if (now - housekept >= HOUSEKEEPING_SECONDS) {
            housekept = now;
            housekeep(open, there, now, sink);
        }
        return events + take(open, there, sink, ROWS_PER_TURN);
    }

    private int deliverOwn(Sink sink) {
        int count = own.size();
        if (count > 0) {
            List<HostEvent> all = List.copyOf(own);
            own.clear();
            all.forEach(sink::accept);
        }
        return count;
    }

    private void housekeep(HostPort open, Presence there, double now, Sink sink) {
        there.tellDepartures(now, sink);
        open.expired(now)
                .forEach(asked ->
                        sink.accept(new HostEvent.Finished(asked.node().hostId(), asked.query(), 0, "timed out")));
        open.store(now);
    }

    private int take(HostPort open, Presence there, Sink sink, int most) {
        int taken = 0;
        while (taken < most) {
            Arrival next = open.peek();
            if (next == null) {
                break;
            }
            // Scripts subscribe more when a host comes; its rows are for those subscriptions too.
            if (there.require(next.node(), open.now(), sink)) {
                return taken + 1;
            }
            switch (next) {
                case Arrival.Logged logged -> {
                    note(logged.batch());
                    delivery.deliver(logged.batch(), schedule(logged.node()), sink);
                    taken += logged.batch().lines();
                }
                case Arrival.Answered answered -> {
                    delivery.deliver(answered, sink);
                    taken += answered.rows().size() + 1;
                }
            }
            open.taken(next);
        }
        return taken;
    }

    private void note(LogBatch batch) {
        HostReport.Activity activity = activity(batch.node().hostId());
        double newest = 0;
        for (ResultLine line : batch.results()) {
            newest = Math.max(newest, line.unixTime());
        }
        if (!batch.status()) {
            activity.logged(batch.lines(), newest, batch.arrival());
        }
        batch.messages().forEach(message -> activity.complained(message.message()));
    }

    private HostReport.Activity activity(String hostId) {
        return activities.computeIfAbsent(hostId, id -> new HostReport.Activity());
    }

    // ---- what operators see

    /** The hosts that are there and meant, by their identifiers. */
    public List<String> present(QueryTarget target) {
        Presence there = presence;
        if (there == null) {
            return List.of();
        }
        publish();
        return there.present().stream()
                .filter(node -> book.covers(target, node.hostId(), groups(node)))
                .map(Node::hostId)
                .sorted()
                .toList();
    }

    /** Every host that ever enrolled, those that are there first. */
    public List<HostReport> reports() {
        HostPort open = port;
        Presence there = presence;
        if (open == null || there == null) {
            return List.of();
        }
        publish();
        Set<Long> online = new HashSet<>();
        there.present().forEach(node -> online.add(node.id()));
        return open.nodes().all().stream()
                .map(node ->
                        report(node, online.contains(node.id()), open.nodes().isRevoked(node.hostId())))
                .sorted(Comparator.comparing((HostReport r) -> !r.isOnline()).thenComparing(HostReport::hostId))
                .toList();
    }

    private HostReport report(Node node, boolean isOnline, boolean isRevoked) {
        HostReport.Activity activity = activity(node.hostId());
        HostSchedule asked = schedule(node);
        int queries = asked.queries().size() + asked.packs().size();
        return new HostReport(
                node.hostId(),
                node.instance(),
                isOnline,
                node.lastSeen(),
                node.enrolled(),
                node.peer(),
                node.version(),
                groups(node),
                node.addresses().stream().map(Addr::toString).sorted().toList(),
                queries,
                activity.lines(),
                activity.lag(),
                HostReport.hint(isOnline, node.scheduled(), queries, activity, isRevoked));
    }

    /** Infinity: hosts say when they like, and are heard every turn. */
    @Override
    public double nextArrival() {
        return Double.POSITIVE_INFINITY;
    }

    /** The run ends: lets no more hosts in, and hands over what they have said. */
    @Override
    public void drain(Sink sink) {
        HostPort open = port;
        Presence there = presence;
        if (open == null || there == null) {
            return;
        }
        open.stop();
        publish();
        while (open.peek() != null) {
            take(open, there, sink, Integer.MAX_VALUE);
        }
        deliverOwn(sink);
    }

    /** Place in the journal after what was handed over last. */
    public long handedOver() {
        HostPort open = port;
        return open == null ? 0 : open.handedOver();
    }

    /** The logs are safe up to a place in the journal. Any thread. */
    public void committed(long position) {
        HostPort open = port;
        if (open != null) {
            open.committed(position);
        }
    }

    /** Voids the keys of a host and lets it enrol no more, until {@link #permit}. */
    public void revoke(String hostId) {
        opened().revoke(hostId);
    }

    public void permit(String hostId) {
        opened().permit(hostId);
    }

    /** Figures by their names, for operators. */
    public Map<String, Long> figures() {
        Map<String, Long> figures = new HashMap<>();
        figures.put("rows_delivered", delivery.delivered());
        figures.put("rows_unasked", delivery.unasked());
        HostPort open = port;
        if (open != null) {
            figures.putAll(open.figures());
        }
        return figures;
    }

    /** The groups of a node by now. Any thread. */
    public Set<String> groups(Node node) {
        return book.groups(node.addresses(), node.groups());
    }

    @Override
    public void close() {
        HostPort open = port;
        if (open != null) {
            open.close();
        }
        order.close();
    }
}
