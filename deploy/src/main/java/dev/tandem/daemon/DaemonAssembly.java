package dev.tandem.daemon;

import dev.tandem.capture.CaptureFilter;
import dev.tandem.capture.Fanout;
import dev.tandem.capture.FilteredPacketSource;
import dev.tandem.capture.LivePacketSource;
import dev.tandem.capture.LiveSettings;
import dev.tandem.capture.PipePacketSource;
import dev.tandem.capture.TracePacketSource;
import dev.tandem.capture.TraceWriter;
import dev.tandem.core.backbone.Backbone;
import dev.tandem.core.backbone.EmbeddedBackbone;
import dev.tandem.core.connection.ConnectionUid;
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
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Seeds;
import dev.tandem.daemon.handler.NetstatsHandler;
import dev.tandem.daemon.handler.PeerstatusHandler;
import dev.tandem.daemon.handler.PrintHandler;
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
import dev.tandem.script.source.LoadPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Daemon} out of the parts. The only class that names adapters. */
final class DaemonAssembly {
    private final RunOptions options;
    private final Terminal terminal;
    private final IntConsumer exit;
    private final List<AutoCloseable> closeables = new ArrayList<>();

    /** What the scripts set of it is known when they have been read. */
    private final EngineSettings settings = new EngineSettings();

    /** Of -w, shared by all sources; null before there is one. */
    private @Nullable PacketSink sink;

    private DaemonAssembly(RunOptions options, Terminal terminal, IntConsumer exit) {
        this.options = options;
        this.terminal = terminal;
        this.exit = exit;
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
        LoadPath path = ScriptPath.ofProcess();
        Seeds seeds = seeds();
        List<Parts.SourceOpener> sources = sources();
        HostQueries hosts = hosts();

        EventRegistry events = new EventRegistry();
        EventQueue queue = new EventQueue();
        NetworkTime time = options.isReplay() ? NetworkTime.replay() : NetworkTime.live();
        QueuedLogWriterFactory writers = new QueuedLogWriterFactory(AsciiOptions.DEFAULTS);
        writers.setArchive(archive());
        ScriptMessages messages = new ScriptMessages(terminal, isRich());
        ScriptEngine scripts = new ScriptEngine(events, queue, time, writers, path, messages, terminal.out());
        scripts.showStacks(isRich());
        scripts.jit(JitOptions.named(options.jit()).withDump(options.dumpClass()));
        AtomicReference<Daemon> made = new AtomicReference<>();
        RunState state = new RunState(options, time, status -> {
            Daemon daemon = made.get();
            if (daemon != null) {
                daemon.abandon(status);
            }
            exit.accept(status);
        });
        scripts.service(EngineState.class, state);
        TableValue.orderBy(seeds.repeatable() ? seeds : null);
        scripts.service(RandomSource.class, new RandomSource(seeds));
        ChosenFilters filters = new ChosenFilters(options.filter());
        scripts.service(CaptureFilters.class, filters);
        EngineMetrics metrics = new EngineMetrics();
        scripts.service(EngineMetrics.class, metrics);
        LiveHosts live = hosts == null && !options.parseOnly() ? new LiveHosts() : null;
        if (live != null) {
            closeables.add(live);
            hosts = live;
        }
        HostResults results = new HostResults(scripts.context(), hosts == null ? new NoHosts() : hosts);
        scripts.service(HostResults.class, results);
        scripts.service(ConnectionAttributor.class, new ConnectionAttributor(new AttributionEvents(scripts.context())));
        if (hosts != null) {
            scripts.service(HostQueries.class, hosts);
        }
        Backbone network = new EmbeddedBackbone();
        ScriptBackbone backbone = new ScriptBackbone(scripts.context(), network);
        scripts.service(ScriptBackbone.class, backbone);
        ConnectionUid.Source uids = new UidPool(seeds, UidPool.CONNECTIONS);
        Presence presence = new Presence(
                options.statusFile(), options.stateDirectory(), ServiceNotifier.of(System.getenv()), terminal);
        presence.handler(
                new StatusHandler(Version.NUMBER, () -> presence.phase().name(), metrics));
        presence.handler(new NetstatsHandler(metrics));
        presence.handler(new PrintHandler(presence.tasks(), scripts::value));
        presence.handler(new PeerstatusHandler(List::of)); // a daemon on its own has none
        HostOperators operators = live == null ? null : new HostOperators(live, results, scripts.context());
        if (operators != null) {
            operators.handlers(presence.tasks()).forEach(presence::handler);
        }
        presence.handler(new StopHandler(() -> {
            Daemon daemon = made.get();
            if (daemon != null) {
                daemon.stop();
            }
        }));
        Daemon daemon = new Daemon(
                options,
                terminal,
                new Parts(
                        settings,
                        events,
                        queue,
                        time,
                        metrics,
                        uids,
                        scripts,
                        backbone,
                        writers,
                        sources,
                        hosts,
                        () -> {
                            if (live == null || operators == null) {
                                return null;
                            }
                            HostPortOptions port = HostPortOptions.of(options, scripts.context());
                            if (port == null) {
                                return null;
                            }
                            PubSubEndpoint clients = endpoint(port, network, backbone);
                            live.router()
                                    .upgrade(PubSubEndpoint.PATH, clients)
                                    .route(MetricsHandler.PATH, operators.metrics(metrics, backbone, clients));
                            return openPort(live, port, operators, writers, queue);
                        },
                        () -> operators == null ? results : operators.sink(),
                        state,
                        filters,
                        presence,
                        () -> settle(writers, scripts.context()),
                        () -> writers.statistics().rowsDropped(),
                        closeables));
        made.set(daemon);
        return daemon;
    }

    /** Opens the port of the hosts where the command line or the scripts say, and has the logs committed. */
    private HostCommits openPort(
            LiveHosts hosts,
            HostPortOptions port,
            HostOperators operators,
            QueuedLogWriterFactory writers,
            EventQueue queue)
            throws IOException {
        Path state = port.settings().stateDir();
        PrivateFiles.createFolder(state);
        long committed = writers.commitTo(state.resolve("logs.commit"), port.committedLogs());
        hosts.open(port.settings(), committed, terminal::complain);
        operators.opened(port);
        terminal.complain("listening for hosts at " + hosts.address().getHostString() + ":"
                + hosts.address().getPort());
        return new HostCommits(queue, hosts::handedOver, writers, hosts::committed);
    }

    /** What lets clients publish and subscribe at the port of the hosts. */
    private PubSubEndpoint endpoint(HostPortOptions port, Backbone network, ScriptBackbone scripts) throws IOException {
        Path tokens = port.tokens();
        if (tokens == null) {
            tokens = port.settings().stateDir().resolve("pubsub.tokens");
            if (AccessTokens.make(tokens)) {
                terminal.complain("a token for clients that publish and subscribe is in " + tokens);
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
    private void settle(QueuedLogWriterFactory writers, ScriptContext scripts) {
        writers.setAsciiDefaults(AsciiOptions.DEFAULTS.with(WriterOptions.ascii(scripts)));
        writers.setSqliteOptions(SqliteOptions.of(WriterOptions.sqlite(scripts)));
        if (WriterOptions.isNoneDebugged(scripts)) {
            writers.setNoneDebug(terminal.out()::print);
        }
        String rotationDirectory = scripts.global("Log::default_rotation_dir") instanceof Bytes text ? text.utf8() : "";
        writers.archiveLeft(rotationDirectory, terminal::complain);
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

    /** A file is opened at once; an interface when the scripts are read, lest its buffer runs over meanwhile. */
    private List<Parts.SourceOpener> sources() throws IOException {
        List<Parts.SourceOpener> sources = new ArrayList<>();
        String trace = options.trace();
        String filter = options.filter();
        if (options.parseOnly()) {
            return sources;
        }
        if (trace != null) {
            PacketSource file = trace(Path.of(trace));
            closeables.add(file);
            PacketSource filtered =
                    filter == null ? file : new FilteredPacketSource(file, CaptureFilter.compile(filter));
            PacketSource written = written(filtered);
            sources.add(() -> written);
        }
        for (String networkInterface : options.interfaces()) {
            sources.add(() -> written(LivePacketSource.open(live(networkInterface))));
        }
        return sources;
    }

    private LiveSettings live(String networkInterface) {
        Integer group = options.fanoutGroup();
        return LiveSettings.of(networkInterface)
                .withFilter(options.filter())
                .withSnapshotBytes(settings.captureSnapshotBytes)
                .withRingBytes((int) Math.min(Integer.MAX_VALUE, settings.captureBufferBytes))
                .withFanout(group == null ? null : new Fanout(group));
    }

    private static PacketSource trace(Path file) throws IOException {
        PacketSource packets = TracePacketSource.open(file);
        return Files.isRegularFile(file) ? packets : new PipePacketSource(packets);
    }

    private PacketSource written(PacketSource source) throws IOException {
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

    private @Nullable HostQueries hosts() throws IOException, StartException {
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
