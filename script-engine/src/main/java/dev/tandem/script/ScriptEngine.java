package dev.tandem.script;

import dev.tandem.core.engine.ContentPorts;
import dev.tandem.core.engine.EngineSettings;
import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.engine.TimedWork;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Seeds;
import dev.tandem.script.ast.Global;
import dev.tandem.script.bif.Anonymizer;
import dev.tandem.script.bif.EngineState;
import dev.tandem.script.bif.EventGroups;
import dev.tandem.script.bif.OptionHandlers;
import dev.tandem.script.bif.RandomSource;
import dev.tandem.script.bif.ScriptEnvironment;
import dev.tandem.script.bif.ScriptFiles;
import dev.tandem.script.bif.WeirdSampling;
import dev.tandem.script.check.Diagnostic;
import dev.tandem.script.check.Diagnostics;
import dev.tandem.script.check.Globals;
import dev.tandem.script.event.Scheduler;
import dev.tandem.script.event.TableExpiry;
import dev.tandem.script.gen.JitOptions;
import dev.tandem.script.gen.Tiering;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.interp.ScriptFunction;
import dev.tandem.script.log.LogStreams;
import dev.tandem.script.parse.Parser;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.source.LoadPath;
import dev.tandem.script.source.Position;
import dev.tandem.script.source.Source;
import dev.tandem.script.types.Type;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One engine instance's scripts: reads them, runs their handlers, and gives core what it needs of them. Instances share
 * nothing. Engine thread, but for {@link #terminateRequested()}.
 *
 * <p>Order of use: services, {@link #loadBare}, {@link #loadDefault}, {@link #load}, {@link #option}, {@link #code},
 * {@link #finishLoading}, {@link #configure}, {@link #runGlobals}, {@link #raiseInit}; events run from the queue;
 * {@link #raiseDone}, {@link #close}.
 */
public final class ScriptEngine implements AutoCloseable {
    private final EventRegistry types;
    private final EventQueue queue;
    private final NetworkTime time;
    private final LoadPath path;
    private final Diagnostics diagnostics;
    private final Globals globals = new Globals();
    private final Map<Class<?>, Object> services = new HashMap<>();
    private final Context context = new Context();
    private final ScriptReporter reporter = new ScriptReporter(context, System.err, this::hasTraffic);
    private final Interpreter interpreter = new Interpreter(context);
    private final Scheduler scheduler = new Scheduler();
    private final TableExpiry expiry = new TableExpiry(context);
    private final Parser parser;
    private final LogStreams logs;
    private final ScriptRecords records = new ScriptRecords(globals);
    private JitOptions jit = JitOptions.STANDARD;
    private volatile boolean terminating;
    private Runnable onTerminate = () -> {};

    /**
     * @param diagnostics gets each message about the scripts as it comes up
     * @param out where {@code print} goes
     */
    public ScriptEngine(
            EventRegistry types,
            EventQueue queue,
            NetworkTime time,
            LogWriterFactory writers,
            LoadPath path,
            Consumer<Diagnostic> diagnostics,
            PrintStream out) {
        this.types = types;
        this.queue = queue;
        this.time = time;
        this.path = path;
        this.diagnostics = new Diagnostics(diagnostics);
        Path here = Path.of("");
        RandomSource random = new RandomSource(Seeds.unpredictable());
        services.put(RandomSource.class, random);
        services.put(Anonymizer.class, new Anonymizer(random));
        services.put(ScriptFiles.class, new ScriptFiles(out, here));
        services.put(ScriptEnvironment.class, new ScriptEnvironment(here));
        services.put(OptionHandlers.class, new OptionHandlers());
        services.put(WeirdSampling.class, new WeirdSampling());
        services.put(Globals.class, globals);
        services.put(EventGroups.class, new Groups());
        logs = new LogStreams(context, writers);
        services.put(LogStreams.class, logs);
        interpreter.output(out);
        interpreter.onTableCreated(expiry::watch);
        parser = new Parser(path, this.diagnostics, globals, interpreter);
        queue.afterDrain(interpreter.triggers()::check);
    }

    /** Gives scripts a part of the engine that built-in functions ask for by its class. */
    public <T> void service(Class<T> kind, T part) {
        services.put(kind, part);
        if (part instanceof RandomSource r) {
            services.put(Anonymizer.class, new Anonymizer(r));
        }
    }

    public ScriptContext context() {
        return context;
    }

    public LogStreams logs() {
        return logs;
    }

    public RecordFactory records() {
        return records;
    }

    // ---- loading

    /** What every run needs. */
    public void loadBare() {
        load("base/init-bare");
        parser.trustScripts();
    }

    /** What a run gets unless it is bare. */
    public void loadDefault() {
        loadBare();
        load("base/init-default");
        parser.trustScripts();
    }

    /** Warns, in what is read from now on, also of what is right but has no use: for checking scripts without running them. */
    public void lint() {
        parser.lint();
    }

    /** Reads a script and what it loads; problems go to the diagnostics. */
    public void load(String name) {
        Path file = path.find(name, null);
        if (file == null) {
            diagnostics.fatal(Position.NONE, "can\'t find " + name);
            return;
        }
        try {
            parser.read(LoadPath.read(file));
        } catch (IOException e) {
            diagnostics.error(Position.NONE, "can't read " + file + ": " + e.getMessage());
        }
    }

    /** Reads script text that is in no file. */
    public void code(String text) {
        parser.read(new Source("<command line>", "", Bytes.of(text).array()));
    }

    /** {@code name=value}, as a redef. */
    public void option(String assignment) {
        parser.commandLineOption(assignment);
    }

    /** To be said before {@link #finishLoading}. */
    public void jit(JitOptions options) {
        jit = options;
    }

    /** Reads what {@code @prefixes} adds to the scripts read so far. From then on scripts are compiled as they run. */
    public void finishLoading() {
        for (String prefix : parser.prefixes()) {
            for (Parser.LoadedScript script : parser.loaded()) {
                String name = flattened(script.path());
                Path file = name == null ? null : path.find(prefix + "." + name, null);
                if (file != null) {
                    load(file.toString());
                }
            }
        }
        if (!hasErrors()) {
            parser.reportUnused();
        }
        if (jit.isOn()) {
            interpreter.tier(new Tiering(interpreter, jit));
        }
    }

    private @Nullable String flattened(String script) {
        for (Path directory : path.directories()) {
            Path p = Path.of(script);
            if (p.startsWith(directory)) {
                return directory.relativize(p).toString().replace('/', '.');
            }
        }
        return null;
    }

    public boolean hasErrors() {
        return diagnostics.hasErrors();
    }

    // ---- running

    /** Statements outside functions. */
    public void runGlobals() {
        try {
            interpreter.run(parser.topLevelStatements(), parser.topLevelSlots());
        } catch (ScriptError e) {
            reporter.error("expression error: " + e.getMessage(), e.position());
        }
    }

    /** {@code zeek_init}, under its old name too. */
    public void raiseInit() {
        raise("zeek_init");
        raise("bro_init");
        for (Parser.LoadedScript script : parser.loaded()) {
            raise("zeek_script_loaded", Bytes.of(script.path()), (long) script.level());
        }
        queue.drain();
        reporter.initialized();
    }

    private boolean hasTraffic() {
        return services.get(EngineState.class) instanceof EngineState s && (s.isReadingLive() || s.isReadingTraces());
    }

    /** The input has ended: from now on nothing is scheduled any more, so that what reschedules itself ends. */
    public void inputEnded() {
        terminating = true;
    }

    /** {@code zeek_done}, under its old name too. */
    public void raiseDone() {
        terminating = true;
        raise("zeek_done");
        raise("bro_done");
        queue.drain();
    }

    private void raise(String name, Object... args) {
        EventType event = types.event(name);
        if (event.wanted()) {
            queue.add(event, args);
        }
    }

    /** Closes logs and files. */
    @Override
    public void close() {
        logs.close();
        context.service(ScriptFiles.class).closeAll();
    }

    /** Any thread. */
    public boolean terminateRequested() {
        return terminating;
    }

    /** What {@code terminate()} does besides. */
    public void onTerminate(Runnable action) {
        onTerminate = action;
    }

    /** Scheduled events, expiring tables, {@code when} time-outs, and what logs do by time. */
    public TimedWork timers() {
        return new Timers();
    }

    // ---- options for core

    /** Copies the script options that core obeys. */
    public void configure(EngineSettings s) {
        s.ip.ignoreChecksums = flag("ignore_checksums", s.ip.ignoreChecksums);
        s.ip.fragmentTimeout = number("frag_timeout", s.ip.fragmentTimeout);
        s.partialConnectionOk = flag("partial_connection_ok", s.partialConnectionOk);
        s.tcpSynAckOk = flag("tcp_SYN_ack_ok", s.tcpSynAckOk);
        s.tcpSynTimeout = number("tcp_SYN_timeout", s.tcpSynTimeout);
        s.tcpSessionTimer = number("tcp_session_timer", s.tcpSessionTimer);
        s.tcpConnectionLinger = number("tcp_connection_linger", s.tcpConnectionLinger);
        s.tcpAttemptDelay = number("tcp_attempt_delay", s.tcpAttemptDelay);
        s.tcpCloseDelay = number("tcp_close_delay", s.tcpCloseDelay);
        s.tcpResetDelay = number("tcp_reset_delay", s.tcpResetDelay);
        s.tcpPartialCloseDelay = number("tcp_partial_close_delay", s.tcpPartialCloseDelay);
        s.tcpInactivityTimeout = number("tcp_inactivity_timeout", s.tcpInactivityTimeout);
        s.udpInactivityTimeout = number("udp_inactivity_timeout", s.udpInactivityTimeout);
        s.icmpInactivityTimeout = number("icmp_inactivity_timeout", s.icmpInactivityTimeout);
        s.unknownIpInactivityTimeout = number("unknown_ip_inactivity_timeout", s.unknownIpInactivityTimeout);
        s.tcpStormInterarrival = number("tcp_storm_interarrival_thresh", s.tcpStormInterarrival);
        s.tcpStormThreshold = (int) number("tcp_storm_thresh", s.tcpStormThreshold);
        s.tcpMaxInitialWindow = (int) number("tcp_max_initial_window", s.tcpMaxInitialWindow);
        s.detectFilteredTrace = flag("detect_filtered_trace", s.detectFilteredTrace);
        s.reportGapsForPartial = flag("report_gaps_for_partial", s.reportGapsForPartial);
        s.connectionStatusUpdateInterval =
                number("connection_status_update_interval", s.connectionStatusUpdateInterval);
        s.maxTimerExpires = (int) number("max_timer_expires", s.maxTimerExpires);
        s.bitsPerUid = (int) number("bits_per_uid", s.bitsPerUid);
        contents(s.tcpContents, "tcp", Port.Proto.TCP);
        contents(s.udpContents, "udp", Port.Proto.UDP);
        s.udpContents.eitherEnd = ports("udp_content_ports", Port.Proto.UDP);
        s.udpContents.useResponderPort = flag("udp_content_delivery_ports_use_resp", false);
        s.genericPacketThresholds = numbers("ConnThreshold::generic_packet_thresholds");
        s.exitOnlyAfterTerminate = flag("exit_only_after_terminate", s.exitOnlyAfterTerminate);
        if (context.global("likely_server_ports") instanceof TableValue ports) {
            for (int e = ports.nextEntry(-1); e >= 0; e = ports.nextEntry(e)) {
                if (ports.entryKey(e) instanceof Port port) {
                    s.likelyServerPorts.add(port);
                }
            }
        }
    }

    private void contents(ContentPorts wanted, String transport, Port.Proto proto) {
        wanted.allOriginators = flag(transport + "_content_deliver_all_orig", false);
        wanted.allResponders = flag(transport + "_content_deliver_all_resp", false);
        wanted.originators = ports(transport + "_content_delivery_ports_orig", proto);
        wanted.responders = ports(transport + "_content_delivery_ports_resp", proto);
    }

    /** The ports of a set, or those that a table has T for, as it is when it is asked. */
    private IntPredicate ports(String name, Port.Proto proto) {
        return port -> context.global(name) instanceof TableValue t && Boolean.TRUE.equals(t.get(Port.of(port, proto)));
    }

    /** The members of a set of counts, ascending. */
    private long[] numbers(String name) {
        if (!(context.global(name) instanceof TableValue set)) {
            return new long[0];
        }
        long[] all = new long[set.size()];
        int n = 0;
        for (int e = set.nextEntry(-1); e >= 0; e = set.nextEntry(e)) {
            all[n++] = (Long) set.entryKey(e);
        }
        Arrays.sort(all);
        return all;
    }

    private boolean flag(String name, boolean otherwise) {
        return context.global(name) instanceof Boolean b ? b : otherwise;
    }

    private double number(String name, double otherwise) {
        Object v = context.global(name);
        return v instanceof Double d ? d : v instanceof Long n ? n : otherwise;
    }

    private final class Timers implements TimedWork {
        /** Tables expire and {@code when} waits only while time passes. */
        private boolean ending;

        @Override
        public double nextDue() {
            double due = Math.min(scheduler.nextDue(), logs.nextDue());
            return ending
                    ? due
                    : Math.min(
                            due,
                            Math.min(expiry.nextDue(), interpreter.triggers().nextDeadline()));
        }

        @Override
        public int runUntil(double until, int most) {
            int ran = 0;
            while (ran < most && scheduler.runNext(until, context::raise)) {
                ran++;
            }
            if (expiry.nextDue() <= until) {
                expiry.scan(until);
                ran++;
            }
            if (logs.nextDue() <= until) {
                logs.runUntil(until);
                ran++;
            }
            if (interpreter.triggers().nextDeadline() <= until) {
                interpreter.triggers().check();
                ran++;
            }
            return ran;
        }

        @Override
        public void expireNext() {
            ending = true;
            if (!scheduler.runNext(Double.POSITIVE_INFINITY, context::raise)) {
                logs.expire();
            }
        }
    }

    private final class Groups implements EventGroups {
        private final Set<String> disabled = new HashSet<>();

        private String label(Kind kind, String name) {
            return kind == Kind.MODULE ? "module " + name : name;
        }

        @Override
        public boolean exists(Kind kind, String name) {
            String label = label(kind, name);
            return globals.all().stream()
                    .anyMatch(g -> g.value() instanceof ScriptFunction f
                            && f.bodies().stream().anyMatch(b -> b.groups().contains(label)));
        }

        @Override
        public boolean enable(Kind kind, String name, boolean on) {
            if (!exists(kind, name)) {
                return false;
            }
            if (on) {
                disabled.remove(label(kind, name));
            } else {
                disabled.add(label(kind, name));
            }
            for (Global g : globals.all()) {
                if (g.value() instanceof ScriptFunction f) {
                    f.applyGroups(disabled);
                }
            }
            return true;
        }
    }

    private final class Context implements ScriptContext {
        @Override
        public double networkTime() {
            return time.now();
        }

        @Override
        public EventRegistry eventTypes() {
            return types;
        }

        @Override
        public EventQueue events() {
            return queue;
        }

        @Override
        public Reporter reporter() {
            return reporter;
        }

        @Override
        public @Nullable Position callSite() {
            return interpreter.callSite();
        }

        @Override
        public @Nullable Object global(String fullName) {
            Global g = globals.exact(fullName);
            return g == null ? null : g.value();
        }

        @Override
        public @Nullable Type type(String fullName) {
            Global g = globals.exact(fullName);
            return g == null || g.kind() != Global.Kind.TYPE ? null : g.type();
        }

        @Override
        @SuppressWarnings("NullAway") // an event argument left unset travels as null, as in a call
        public void raise(FuncValue event, @Nullable Object... args) {
            if (event instanceof ScriptFunction f) {
                EventType type = f.event();
                if (type != null && type.wanted()) {
                    queue.add(type, args);
                }
            }
        }

        @Override
        public void schedule(double when, FuncValue event, @Nullable Object... args) {
            if (!terminating) {
                scheduler.add(when, event, args);
            }
        }

        @Override
        public boolean isTerminating() {
            return terminating;
        }

        @Override
        public void terminate() {
            terminating = true;
            onTerminate.run();
        }

        @Override
        public <T> T service(Class<T> kind) {
            Object part = services.get(kind);
            if (part == null) {
                throw new ScriptError("this run has no " + kind.getSimpleName());
            }
            return kind.cast(part);
        }
    }
}
