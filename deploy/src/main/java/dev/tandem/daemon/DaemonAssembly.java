package dev.tandem.daemon;

import dev.tandem.capture.CaptureFilter;
import dev.tandem.capture.CpuAffinity;
import dev.tandem.capture.Fanout;
import dev.tandem.capture.FilteredPacketSource;
import dev.tandem.capture.LivePacketSource;
import dev.tandem.capture.LiveSettings;
import dev.tandem.capture.PipePacketSource;
import dev.tandem.capture.TracePacketSource;
import dev.tandem.capture.TraceWriter;
import dev.tandem.core.backbone.Backbone;
import dev.tandem.core.backbone.EmbeddedBackbone;
import dev.tandem.core.connection.UidPool;
import dev.tandem.core.correlation.ConnectionAttributor;
import dev.tandem.core.engine.EngineMetrics;
import dev.tandem.core.engine.EngineSettings;
import dev.tandem.core.engine.HostCommits;
import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.host.HostQueries;
import dev.tandem.core.packet.PacketSink;
import dev.tandem.core.packet.PacketSource;
import dev.tandem.core.shard.PacketDealer;
import dev.tandem.core.shard.ShardClocks;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Seeds;
import dev.tandem.daemon.handler.NetstatsHandler;
import dev.tandem.daemon.handler.PeerstatusHandler;
import dev.tandem.daemon.handler.PrintHandler;
import dev.tandem.daemon.handler.ProcessMetrics;
import dev.tandem.daemon.handler.StatusHandler;
import dev.tandem.daemon.handler.StopHandler;
import dev.tandem.hostprotocol.live.LiveHosts;
import dev.tandem.hostprotocol.pubsub.AccessTokens;
import dev.tandem.hostprotocol.pubsub.PubSubEndpoint;
import dev.tandem.hostprotocol.pubsub.PubSubSettings;
import dev.tandem.hostprotocol.result.RecordedHosts;
import dev.tandem.hostprotocol.server.MetricsHandler;
import dev.tandem.hostprotocol.server.PrivateFiles;
import dev.tandem.logwriters.ArchiveForm;
import dev.tandem.logwriters.AsciiOptions;
import dev.tandem.logwriters.LogArchive;
import dev.tandem.logwriters.QueuedLogWriterFactory;
import dev.tandem.logwriters.SqliteOptions;
import dev.tandem.program.Version;
import dev.tandem.script.ScriptEngine;
import dev.tandem.script.bif.CaptureFilters;
import dev.tandem.script.bif.EngineState;
import dev.tandem.script.bif.RandomSource;
import dev.tandem.script.broker.ScriptBackbone;
import dev.tandem.script.framework.AttributionEvents;
import dev.tandem.script.framework.HostResults;
import dev.tandem.script.framework.NoHosts;
import dev.tandem.script.gen.JitOptions;
import dev.tandem.script.log.WriterOptions;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.TableValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Daemon} out of the parts. The only class that names adapters. */
final class DaemonAssembly {
    private final RunOptions options;
    private final Terminal terminal;
    private final IntConsumer exit;
    private final List<AutoCloseable> closeables = new ArrayList<>();
    private final List<Parts> engines = new ArrayList<>();

    private final AtomicReference<Daemon> made = new AtomicReference<>();
    private final Backbone network = new EmbeddedBackbone();
    private final QueuedLogWriterFactory writers = new QueuedLogWriterFactory(AsciiOptions.DEFAULTS);
    private final Presence presence;
    private Seeds seeds = Seeds.unpredictable();
    private final ScriptMessages messages;

    /** Of -w, shared by all sources; null before there is one. */
    private @Nullable PacketSink sink;

    private DaemonAssembly(RunOptions options, Terminal terminal, IntConsumer exit) {
        this.options = options;
        this.terminal = terminal;
        this.exit = exit;
        presence = new Presence(
                options.statusFile(), options.stateDirectory(), ServiceNotifier.of(System.getenv()), terminal);
        messages = new ScriptMessages(terminal, isRich(), workers() > 0);
    }

    /**
     * Opens what can be opened before the scripts are read, so that a wrong name is told at once.
     *
     * @param exit ends the process; called when a script does so, after output is written
     * @throws StartException when something the options name is not there
     */
    static Daemon assemble(RunOptions options, Terminal terminal, IntConsumer exit) throws StartException {
        return new DaemonAssembly(options, terminal, exit).daemon();
    }

    private Daemon daemon() throws StartException {
        try {
            return connect();
        } catch (IOException e) {
            closeAll();
            throw new StartException(String.valueOf(e.getMessage()));
        } catch (StartException e) {
            closeAll();
            throw e;
        }
    }

    private Daemon connect() throws IOException, StartException {
        seeds = seeds();
        TableValue.orderBy(seeds.repeatable() ? seeds : null);
        PacketSource trace = trace();
        PacketDealer dealer = trace == null || workers() == 0 ? null : dealer(trace);
        ShardClocks clocks = dealer == null ? null : new ShardClocks(workers());
        HostQueries hosts = recordedHosts();
        writers.setArchive(archive());
        for (int index = 0; index <= workers(); index++) {
            ShardNode node = new ShardNode(index, workers());
            engines.add(engine(node, sources(node, trace, dealer, clocks), progress(node, clocks), hosts));
        }
        presence.handler(
                new StatusHandler(Version.NUMBER, () -> presence.phase().name(), metrics(engines)));
        presence.handler(new NetstatsHandler(metrics(engines)));
        presence.handler(new PrintHandler(presence.tasks(), engines.getFirst().scripts()::value));
        presence.handler(new PeerstatusHandler(List::of)); // a process on its own has none
        presence.handler(new StopHandler(() -> {
            Daemon daemon = made.get();
            if (daemon != null) {
                daemon.stop();
            }
        }));
        LongSupplier lostRows = () -> writers.statistics().rowsDropped();
        Daemon daemon = new Daemon(
                options, terminal, engines, new Daemon.Common(dealer, trace, writers, presence, lostRows, closeables));
        made.set(daemon);
        return daemon;
    }

    /** How many engines share the packets, with one more to manage them; 0 when one does all. */
    private int workers() {
        boolean isOne = options.shards() == 1 || options.parseOnly() || options.printedName() != null;
        return isOne ? 0 : options.shards();
    }

    private static ProcessMetrics metrics(List<Parts> engines) {
        return new ProcessMetrics(
                engines.stream().map(Parts::metrics).toList(),
                engines.stream()
                        .filter(each -> !each.node().isAlone() && each.node().takesPackets())
                        .map(each -> new ProcessMetrics.Shard(each.node().name(), each.metrics()))
                        .toList());
    }

    private PacketDealer dealer(PacketSource trace) {
        EngineSettings sizes = new EngineSettings();
        return new PacketDealer(trace, workers(), sizes.batchPackets, sizes.batchBytes, network::isCongested);
    }

    private static Parts.@Nullable Progress progress(ShardNode node, @Nullable ShardClocks clocks) {
        if (clocks == null || node.isFirst()) {
            return null;
        }
        int worker = node.index() - 1;
        return new Parts.Progress() {
            @Override
            public void reached(double networkTime) {
                clocks.reached(worker, networkTime);
            }

            @Override
            public void ended() {
                clocks.ended(worker);
            }
        };
    }

    /** @param recorded hosts of a replay; null when there are none */
    private Parts engine(
            ShardNode node, SourceOpeners sources, Parts.@Nullable Progress progress, @Nullable HostQueries recorded)
            throws StartException {
        EngineSettings settings = new EngineSettings();
        EventRegistry events = new EventRegistry();
        EventQueue queue = new EventQueue();
        NetworkTime time = options.isReplay() ? NetworkTime.replay() : NetworkTime.live();
        QueuedLogWriterFactory logs = node.isFirst() ? writers : writers.ofEngine(node.name());
        ScriptEngine scripts =
                new ScriptEngine(events, queue, time, logs, ScriptPath.ofProcess(), messages, terminal.out());
        scripts.showStacks(isRich());
        scripts.jit(JitOptions.named(options.jit()).withDump(options.dumpClass()));
        RunState state = new RunState(options, time, status -> {
            Daemon daemon = made.get();
            if (daemon != null) {
                daemon.abandon(node.index(), status);
            }
            exit.accept(status);
        });
        scripts.service(EngineState.class, state);
        scripts.service(RandomSource.class, new RandomSource(seeds, node.index()));
        ChosenFilters filters = new ChosenFilters(options.filter());
        scripts.service(CaptureFilters.class, filters);
        EngineMetrics metrics = new EngineMetrics();
        scripts.service(EngineMetrics.class, metrics);
        LiveHosts live = recorded == null && node.isFirst() && !options.parseOnly() ? new LiveHosts() : null;
        if (live != null) {
            closeables.add(live);
        }
        HostQueries hosts = live != null ? live : node.isFirst() ? recorded : null;
        HostResults results = new HostResults(scripts.context(), hosts == null ? new NoHosts() : hosts);
        scripts.service(HostResults.class, results);
        scripts.service(ConnectionAttributor.class, new ConnectionAttributor(new AttributionEvents(scripts.context())));
        if (hosts != null) {
            scripts.service(HostQueries.class, hosts);
        }
        ScriptBackbone backbone = new ScriptBackbone(scripts.context(), network);
        scripts.service(ScriptBackbone.class, backbone);
        HostOperators operators = live == null ? null : new HostOperators(live, results, scripts.context());
        if (operators != null) {
            operators.handlers(presence.tasks()).forEach(presence::handler);
        }
        return new Parts(
                node,
                placing(node),
                settings,
                events,
                queue,
                time,
                metrics,
                UidPool.of(seeds, UidPool.CONNECTIONS, node.index()),
                scripts,
                backbone,
                logs,
                sources.with(settings),
                progress,
                hosts,
                () -> {
                    HostPortOptions port = node.isFirst() ? HostPortOptions.of(options, scripts.context()) : null;
                    if (port == null) {
                        return null;
                    }
                    if (live == null || operators == null) {
                        throw new IOException("hosts cannot be listened for while recorded hosts are replayed");
                    }
                    PubSubEndpoint clients = endpoint(port, backbone);
                    live.router()
                            .upgrade(PubSubEndpoint.PATH, clients)
                            .route(MetricsHandler.PATH, operators.metrics(() -> metrics(engines), backbone, clients));
                    return openPort(live, port, operators, queue);
                },
                () -> operators == null ? results : operators.sink(),
                state,
                filters,
                presence,
                () -> settle(logs, scripts.context()));
    }

    /** The manager of several engines has little to do and gets no processor of its own. */
    private Parts.Placing placing(ShardNode node) {
        List<Integer> cpus = options.cpus();
        if (cpus.isEmpty() || !node.takesPackets()) {
            return () -> {};
        }
        int cpu = cpus.get(Math.max(0, node.index() - 1) % cpus.size());
        return () -> CpuAffinity.pin(cpu);
    }

    /** Opens the port of the hosts where the command line or the scripts say, and has the logs committed. */
    private HostCommits openPort(LiveHosts hosts, HostPortOptions port, HostOperators operators, EventQueue queue)
            throws IOException {
        Path state = port.settings().stateDir();
        PrivateFiles.createFolder(state);
        long committed = writers.commitTo(state.resolve("logs.commit"), port.committedLogs());
        hosts.open(port.settings(), committed, terminal::note);
        operators.opened(port);
        terminal.note("listening for hosts at " + hosts.address().getHostString() + ":"
                + hosts.address().getPort());
        return new HostCommits(queue, hosts::handedOver, writers, hosts::committed);
    }

    /** What lets clients publish and subscribe at the port of the hosts. */
    private PubSubEndpoint endpoint(HostPortOptions port, ScriptBackbone scripts) throws IOException {
        Path tokens = port.tokens();
        if (tokens == null) {
            tokens = port.settings().stateDir().resolve("pubsub.tokens");
            if (AccessTokens.make(tokens)) {
                terminal.note("a token for clients that publish and subscribe is in " + tokens);
            }
        }
        return new PubSubEndpoint(
                network,
                AccessTokens.of(tokens),
                scripts.nodeId(),
                "Tandem " + Version.NUMBER,
                PubSubSettings.STANDARD,
                new ClientEvents(scripts));
    }

    /** Gives the writers the options that the scripts have left, and has archived what a run before could not. */
    private void settle(QueuedLogWriterFactory logs, ScriptContext scripts) {
        logs.setAsciiDefaults(AsciiOptions.DEFAULTS.with(WriterOptions.ascii(scripts)));
        logs.setSqliteOptions(SqliteOptions.of(WriterOptions.sqlite(scripts)));
        if (WriterOptions.isNoneDebugged(scripts)) {
            logs.setNoneDebug(terminal.out()::print);
        }
        if (logs == writers) {
            String rotated = scripts.global("Log::default_rotation_dir") instanceof Bytes text ? text.utf8() : "";
            logs.archiveLeft(rotated, terminal::complain);
        }
    }

    /** Null when rotated logs are to stay where they are. */
    private @Nullable LogArchive archive() throws StartException {
        RunOptions.Archive asked = options.archive();
        if (asked == null || options.parseOnly()) {
            return null;
        }
        ArchiveForm form = ArchiveForm.named(asked.form());
        if (form == null) {
            throw new StartException("--archive-as takes gz, zst or none, not " + asked.form());
        }
        return new LogArchive(asked.directory().toAbsolutePath(), form, asked.node(), ZoneId.systemDefault());
    }

    private boolean isRich() {
        Boolean forced = options.richMessages();
        return forced != null ? forced : terminal.errIsTerminal();
    }

    private Seeds seeds() throws StartException {
        Seeds seeds = chosenSeeds();
        Path file = options.savedSeeds();
        if (file != null) {
            SeedFile.write(seeds, file);
        }
        return seeds;
    }

    private Seeds chosenSeeds() throws StartException {
        Path file = options.seedFile();
        if (file != null) {
            return SeedFile.read(file);
        }
        String named = System.getenv("ZEEK_SEED_FILE");
        if (named != null && !named.isEmpty()) {
            return SeedFile.read(Path.of(named));
        }
        return options.deterministic() ? SeedFile.EMPTY : Seeds.unpredictable();
    }

    /** Null when none is to be read. A file is opened at once; an interface when the scripts are read, lest its buffer runs over meanwhile. */
    private @Nullable PacketSource trace() throws IOException {
        String name = options.trace();
        if (name == null || options.parseOnly()) {
            return null;
        }
        Path path = Path.of(name);
        PacketSource file = TracePacketSource.open(path);
        if (!Files.isRegularFile(path)) {
            file = new PipePacketSource(file);
        }
        closeables.add(file);
        String filter = options.filter();
        return written(filter == null ? file : new FilteredPacketSource(file, CaptureFilter.compile(filter)));
    }

    /** Where one engine's packets come from, when its settings are known. */
    private interface SourceOpeners {
        List<Parts.SourceOpener> with(EngineSettings settings);
    }

    private SourceOpeners sources(
            ShardNode node, @Nullable PacketSource trace, @Nullable PacketDealer dealer, @Nullable ShardClocks clocks) {
        if (trace != null && dealer != null && clocks != null) {
            PacketSource share = node.isFirst() ? clocks.follower(trace) : dealer.share(node.index() - 1);
            return settings -> List.of(() -> share);
        }
        if (trace != null) {
            return settings -> List.of(() -> trace);
        }
        List<String> interfaces = options.parseOnly() || !node.takesPackets() ? List.of() : options.interfaces();
        return settings -> {
            List<Parts.SourceOpener> all = new ArrayList<>();
            for (int i = 0; i < interfaces.size(); i++) {
                String name = interfaces.get(i);
                @Nullable Integer group = node.isAlone() ? options.fanoutGroup() : Integer.valueOf(fanoutGroup(i));
                all.add(() -> written(LivePacketSource.open(live(name, group, settings))));
            }
            return all;
        };
    }

    /** One of this process's own for each interface. */
    private static int fanoutGroup(int networkInterface) {
        return (int) (ProcessHandle.current().pid() + networkInterface) & 0xffff;
    }

    private LiveSettings live(String networkInterface, @Nullable Integer group, EngineSettings settings) {
        return LiveSettings.of(networkInterface)
                .withFilter(options.filter())
                .withSnapshotBytes(settings.captureSnapshotBytes)
                .withRingBytes((int) Math.min(Integer.MAX_VALUE, settings.captureBufferBytes))
                .withFanout(group == null ? null : new Fanout(group));
    }

    private synchronized PacketSource written(PacketSource source) throws IOException {
        Path file = options.writeFile();
        if (file == null) {
            return source;
        }
        if (sink == null) {
            sink = TraceWriter.create(file, TraceWriter.Resolution.MICROSECONDS);
            closeables.add(sink);
        }
        return new WrittenPacketSource(source, sink);
    }

    private @Nullable HostQueries recordedHosts() throws IOException, StartException {
        Path results = options.hostResults();
        if (results == null || options.parseOnly()) {
            return null;
        }
        LimitedComplaints complaints = new LimitedComplaints(terminal::complain);
        RecordedHosts hosts = RecordedHosts.open(results, options.hostArrival(), complaints);
        closeables.add(hosts);
        complaints.finish(results + ": more lines like these: ");
        if (hosts.acceptedLines() == 0 && hosts.refusedLines() > 0) {
            throw new StartException(results + ": holds no result lines of osquery");
        }
        return hosts;
    }

    private void closeAll() {
        for (AutoCloseable closeable : closeables.reversed()) {
            try {
                closeable.close();
            } catch (Exception e) {
                terminal.complain(String.valueOf(e.getMessage()));
            }
        }
    }
}
