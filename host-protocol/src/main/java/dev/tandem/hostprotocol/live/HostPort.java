package dev.tandem.hostprotocol.live;

import dev.tandem.core.host.HostQuery;
import dev.tandem.hostprotocol.enroll.EnrollSecrets;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import dev.tandem.hostprotocol.query.DistributedQueue;
import dev.tandem.hostprotocol.query.HostSchedule;
import dev.tandem.hostprotocol.query.ScheduleBook;
import dev.tandem.hostprotocol.remote.AgentConfig;
import dev.tandem.hostprotocol.remote.AgentOptions;
import dev.tandem.hostprotocol.remote.CarveStore;
import dev.tandem.hostprotocol.remote.OsqueryApi;
import dev.tandem.hostprotocol.remote.Reception;
import dev.tandem.hostprotocol.result.LogBatch;
import dev.tandem.hostprotocol.result.ReplayedBatches;
import dev.tandem.hostprotocol.result.ResultJournal;
import dev.tandem.hostprotocol.result.ResultRow;
import dev.tandem.hostprotocol.server.ByteBudget;
import dev.tandem.hostprotocol.server.HostServer;
import dev.tandem.hostprotocol.server.PrivateFiles;
import dev.tandem.hostprotocol.server.RenewedTls;
import dev.tandem.hostprotocol.server.RequestRouter;
import dev.tandem.hostprotocol.server.TlsSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open port: server, enrolled hosts, journal, and the queue between event loops and engine. {@link Reception} is for event
 * loops, the rest for the engine thread.
 */
final class HostPort implements Reception, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostPort.class);
    private static final double STORE_SECONDS = 60;

    /** Fleet's rule: a host is offline a minute after it should have come. */
    private static final double GRACE_SECONDS = 60;

    /** What of the memory may hold bodies that are coming in, what has been read of them, and what waits to be. */
    private static final int BODIES_PART = 8;

    private static final int QUEUED_PART = 40;
    private static final int WAITING_PART = 20;

    private final HostServer server;
    private final NodeRegistry nodes;
    private final ResultJournal journal;
    private final ReplayedBatches replay;
    private final CarveStore carves;
    private final Intake intake;
    private final Queue<Arrival> arrivals;
    private final Presence presence;
    private final Supplier<ScheduleBook> book;
    private final double queryTimeout;
    private final DistributedQueue questions =
            new DistributedQueue(Long.toString(System.currentTimeMillis(), 36) + "-");
    private final LongAdder refusedLines = new LongAdder();
    private final LongAdder requests = new LongAdder();

    // Of the engine thread alone.
    private @Nullable Arrival replayed;
    private boolean replaying = true;
    private long handedOver;
    private double stored;
    private boolean stopped;

    private HostPort(
            HostServer server,
            NodeRegistry nodes,
            ResultJournal journal,
            CarveStore carves,
            Intake intake,
            Queue<Arrival> arrivals,
            Presence presence,
            Supplier<ScheduleBook> book,
            double queryTimeout,
            long committed)
            throws IOException {
        this.server = server;
        this.nodes = nodes;
        this.journal = journal;
        this.carves = carves;
        this.replay = journal.replay(nodes);
        this.intake = intake;
        this.arrivals = arrivals;
        this.presence = presence;
        this.book = book;
        this.queryTimeout = queryTimeout;
        this.handedOver = committed;
    }

    /** Binds the port and opens what stands behind it; nobody is let in yet. */
    static HostPort open(
            HostSettings settings,
            long committed,
            RequestRouter router,
            Supplier<ScheduleBook> book,
            Consumer<String> notes)
            throws IOException {
        Path state = settings.stateDir();
        PrivateFiles.createFolder(state);
        AgentOptions options = AgentOptions.of(System.currentTimeMillis() / 1000, settings.agentOptions());
        AgentConfig config = new AgentConfig(options, settings.decorators());
        EnrollSecrets secrets = secrets(settings, notes);
        TlsSettings tls = tls(settings, notes);
        long memory = Runtime.getRuntime().maxMemory();
        HostServer server =
                HostServer.bind(settings.listen(), new RenewedTls(tls), router, new ByteBudget(memory / BODIES_PART));
        List<AutoCloseable> made = new ArrayList<>(List.of(server));
        try {
            NodeRegistry nodes = NodeRegistry.open(state.resolve("hosts.db"));
            made.add(nodes);
            Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
            Intake intake = new Intake(memory / QUEUED_PART, memory / WAITING_PART);
            ResultJournal journal = ResultJournal.open(
                    state.resolve("journal"),
                    committed,
                    (fresh, bytes, position) -> arrivals.add(new Arrival.Logged(fresh, position, bytes)),
                    () -> intake.expire(System.nanoTime()));
            Presence presence = new Presence(nodes, options.distributedInterval() + GRACE_SECONDS);
            CarveStore carves = new CarveStore(state.resolve("carves"), settings.carveLimit());
            HostPort port = new HostPort(
                    server,
                    nodes,
                    journal,
                    carves,
                    intake,
                    arrivals,
                    presence,
                    book,
                    settings.queryTimeout(),
                    committed);
            journal.start();
            OsqueryApi.route(router, port, nodes, secrets, config, carves);
            return port;
        } catch (IOException e) {
            for (AutoCloseable each : made.reversed()) {
                closeQuietly(each);
            }
            throw e;
        }
    }

    private static EnrollSecrets secrets(HostSettings settings, Consumer<String> notes) throws IOException {
        Path file = settings.secretFile();
        if (file == null && settings.secrets().isEmpty()) {
            file = settings.stateDir().resolve("enroll.secret");
            if (EnrollSecrets.make(file)) {
                notes.accept("a secret for hosts to enrol with is in " + file);
            }
        }
        return EnrollSecrets.of(settings.secrets(), file);
    }

    private static TlsSettings tls(HostSettings settings, Consumer<String> notes) throws IOException {
        Path certificate = settings.certificate();
        Path key = settings.key();
        if (certificate != null && key != null) {
            return new TlsSettings(certificate, key, settings.clientAuthority());
        }
        if (certificate != null || key != null) {
            throw new IOException("a certificate needs its key, and the key its certificate: give both or none");
        }
        Path folder = settings.stateDir().resolve("tls");
        boolean isNew = !Files.exists(folder.resolve("ca.pem"));
        String host = settings.listen().getHostString();
        boolean isName = !settings.listen().getAddress().isAnyLocalAddress();
        TlsSettings own = TlsSettings.ownIn(folder, isName ? List.of(host) : List.of());
        if (isNew) {
            notes.accept("certificates were made, hosts need " + folder.resolve("ca.pem") + " (--tls_server_certs)");
        }
        return new TlsSettings(own.certificate(), own.key(), settings.clientAuthority());
    }

    InetSocketAddress address() {
        return server.address();
    }

    NodeRegistry nodes() {
        return nodes;
    }

    Presence presence() {
        return presence;
    }

    void accept() {
        server.accept();
    }

    /** What comes next; null when nothing does now. */
    @Nullable
    Arrival peek() {
        if (replaying) {
            if (replayed == null) {
                ReplayedBatches.Replayed next = replay.next();
                replaying = next != null;
                replayed = next == null ? null : new Arrival.Logged(next.batch(), next.position(), 0);
            }
            if (replayed != null) {
                return replayed;
            }
        }
        return arrivals.peek();
    }

    /** What was {@linkplain #peek next} has been handed over. */
    void taken(Arrival arrival) {
        if (arrival == replayed) {
            replayed = null;
        } else {
            arrivals.remove();
            intake.done(arrival.bytes());
        }
        if (arrival instanceof Arrival.Logged logged) {
            handedOver = logged.position();
        }
    }

    long handedOver() {
        return handedOver;
    }

    void committed(long position) {
        journal.committed(position);
    }

    boolean ask(Node node, HostQuery query) {
        return questions.ask(node, query, now() + queryTimeout);
    }

    Collection<DistributedQueue.Asked> expired(double now) {
        return questions.expire(now);
    }

    /** Stores what is new of hosts, now and then. */
    void store(double now) {
        if (now - stored >= STORE_SECONDS) {
            nodes.store(stored);
            stored = now;
        }
    }

    void revoke(String hostId) {
        nodes.revoke(hostId, now());
    }

    void permit(String hostId) {
        nodes.permit(hostId);
    }

    Map<String, Long> figures() {
        Map<String, Long> figures = new HashMap<>();
        figures.put("hosts_enrolled", (long) nodes.all().size());
        figures.put("hosts_online", (long) presence.online());
        figures.put("requests", requests.sum());
        figures.put("lines_refused", refusedLines.sum());
        figures.put("lines_duplicate", journal.duplicates());
        figures.put("batches_refused", intake.refused());
        figures.put("journal_syncs", journal.syncs());
        figures.put("bytes_queued", intake.bytes());
        return figures;
    }

    // ---- for event loops

    @Override
    public double now() {
        return System.currentTimeMillis() / 1000.0;
    }

    @Override
    public void seen(Node node) {
        requests.increment();
        presence.seen(node);
    }

    @Override
    public HostSchedule schedule(Node node) {
        return book.get().of(node.hostId(), node.addresses(), node.groups());
    }

    @Override
    public void deliver(LogBatch batch, ResultJournal.Outcome outcome) {
        long bytes = batch.bytes();
        intake.offer(
                bytes,
                System.nanoTime(),
                () -> journal.store(batch, new ResultJournal.Outcome() {
                    @Override
                    public void stored(int duplicates) {
                        if (duplicates == batch.lines()) {
                            intake.done(bytes); // none of it goes on
                        }
                        outcome.stored(duplicates);
                    }

                    @Override
                    public void failed(String reason) {
                        intake.done(bytes);
                        outcome.failed(reason);
                    }
                }),
                () -> outcome.failed("busy"));
    }

    @Override
    public void refusedLines(Node node, long lines, @Nullable String reason) {
        if (refusedLines.sum() == 0) {
            LOG.warn("host {} logs lines that are none: {}; further ones are counted", node.hostId(), reason);
        }
        refusedLines.add(lines);
    }

    @Override
    public Map<String, String> questions(Node node) {
        return questions.handOut(node, now());
    }

    @Override
    public boolean hasRoom(long bytes) {
        return intake.hasRoom(bytes);
    }

    @Override
    public void answer(Node node, String id, List<ResultRow> rows, @Nullable String error, long bytes) {
        DistributedQueue.Asked asked = questions.answer(node, id);
        if (asked != null) {
            intake.take(bytes);
            arrivals.add(new Arrival.Answered(node, asked.query(), rows, error, now(), bytes));
        }
    }

    // ---- the end

    /** Ends connections and stores what has come. */
    void stop() {
        if (!stopped) {
            stopped = true;
            server.refuse();
            // While connections are there still: hosts are told that what they sent is stored.
            journal.close();
            carves.close();
            server.close();
        }
    }

    @Override
    public void close() {
        stop();
        nodes.store(stored);
        nodes.close();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.debug("closing after a failure", e);
        }
    }
}
