package dev.tandem.script;

import dev.tandem.core.analyzer.AnalyzerRegistry;
import dev.tandem.core.connection.ConnectionTracker;
import dev.tandem.core.engine.EngineSettings;
import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.engine.TimedWork;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.file.FileAnalyzers;
import dev.tandem.core.file.FileTable;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.core.protocol.Protocols;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Seeds;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.ast.Global;
import dev.tandem.script.bif.Anonymizer;
import dev.tandem.script.bif.CaptureFilterFunctions;
import dev.tandem.script.bif.EngineState;
import dev.tandem.script.bif.EventGroups;
import dev.tandem.script.bif.EventMetadataFunctions;
import dev.tandem.script.bif.OptionHandlers;
import dev.tandem.script.bif.PacketDumps;
import dev.tandem.script.bif.RandomSource;
import dev.tandem.script.bif.ScriptEnvironment;
import dev.tandem.script.bif.ScriptFiles;
import dev.tandem.script.bif.WeirdSampling;
import dev.tandem.script.check.Diagnostic;
import dev.tandem.script.check.Diagnostics;
import dev.tandem.script.check.Globals;
import dev.tandem.script.event.TableWatch;
import dev.tandem.script.event.Timers;
import dev.tandem.script.framework.FileScripts;
import dev.tandem.script.framework.MimeTypes;
import dev.tandem.script.framework.ScriptDiscarder;
import dev.tandem.script.framework.TimeOutHook;
import dev.tandem.script.gen.JitOptions;
import dev.tandem.script.gen.Tiering;
import dev.tandem.script.input.InputStreams;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.interp.ScriptFunction;
import dev.tandem.script.log.LogStreams;
import dev.tandem.script.log.PrintLog;
import dev.tandem.script.parse.Parser;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.ExecutionLimits;
import dev.tandem.script.runtime.FileValue;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.LaterResults;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.runtime.ScriptCall;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.source.LoadPath;
import dev.tandem.script.source.Position;
import dev.tandem.script.source.Source;
import dev.tandem.script.telemetry.Metrics;
import dev.tandem.script.types.Type;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
    private final Timers timers = new Timers();
    private final ExecutionLimits limits = new ExecutionLimits();
    private final Interpreter interpreter = new Interpreter(context, timers, limits);
    private final Parser parser;
    private final LogStreams logs;
    private final InputStreams input;
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
        services.put(PacketDumps.class, new PacketDumps());
        ScriptEnvironment environment = new ScriptEnvironment(here);
        services.put(ScriptEnvironment.class, environment);
        input = new InputStreams(context, environment, here);
        services.put(InputStreams.class, input);
        services.put(OptionHandlers.class, new OptionHandlers());
        services.put(CaptureFilterFunctions.Failures.class, new CaptureFilterFunctions.Failures());
        services.put(WeirdSampling.class, new WeirdSampling());
        services.put(Globals.class, globals);
        services.put(LoadPath.class, path);
        services.put(MimeTypes.class, new MimeTypes());
        services.put(EventGroups.class, new Groups());
        services.put(EventMetadataFunctions.Registered.class, new EventMetadataFunctions.Registered());
        services.put(ExecutionLimits.class, limits);
        services.put(LaterResults.class, interpreter.triggers());
        Metrics metrics = new Metrics();
        services.put(Metrics.class, metrics);
        logs = new LogStreams(context, writers, metrics);
        services.put(LogStreams.class, logs);
        interpreter.output(out);
        interpreter.onTableCreated(new TableWatch(context, timers)::watch);
        parser = new Parser(path, this.diagnostics, globals, interpreter);
        queue.clock(time::now);
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

    /** What the scripts read besides packets. Its {@link InputStreams#drain} belongs into every turn of the engine. */
    public InputStreams input() {
        return input;
    }

    public RecordFactory records() {
        return records;
    }

    /**
     * Joins the analyzers of protocols and files, and the hook on time-outs, to the connections. Returns the files, which
     * have timers.
     */
    public FileTable joinTracker(ConnectionTracker tracker) {
        FileScripts scripts = new FileScripts(context, records);
        FileAnalyzers kinds = new FileAnalyzers(types);
        scripts.addTo(kinds);
        FileTable files = new FileTable(types, queue, records, time, kinds, scripts);
        AnalyzerRegistry registry = new AnalyzerRegistry(types, queue, records, time::now);
        service(FileTable.class, files);
        service(AnalyzerRegistry.class, registry);
        scripts.configure(new Protocols(registry, types, time, files), files);
        tracker.consumers(registry);
        TimeOutHook.of(context).ifPresent(tracker::mayTimeOut);
        return files;
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
            diagnostics.fatal(Position.NONE, "can't find " + name);
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

    /** Whether errors of running scripts tell, in lines of their own, which calls they came out of; at first they do not. */
    public void showStacks(boolean on) {
        reporter.showStacks(on);
    }

    /** To be said before {@link #finishLoading}. */
    public void jit(JitOptions options) {
        jit = options;
    }

    /** With every script X/Y.zeek, PREFIX.X.Y.zeek is to be read too, as {@code @prefixes} says it in a script. */
    public void prefix(String prefix) {
        parser.prefix(prefix);
    }

    /** What scripts find in {@code zeek_script_args}; call it when they are read. */
    public void arguments(List<String> arguments) {
        if (context.global("zeek_script_args") instanceof VectorValue args) {
            arguments.forEach(argument -> args.add(Bytes.of(argument)));
        }
    }

    /** A global name's type and value as text; null when there is no such name. */
    public @Nullable String describe(String name) {
        Global g = globals.exact(name);
        if (g == null) {
            return null;
        }
        Object value = g.value();
        return name + " : " + g.type()
                + (value == null ? "" : " = " + Describe.print(value, g.type()).utf8());
    }

    /** A global's value as {@code print} shows it; null when there is no such name. */
    public @Nullable String value(String name) {
        Global g = globals.exact(name);
        if (g == null) {
            return null;
        }
        Object value = g.value();
        return value == null
                ? "<uninitialized>"
                : Describe.print(value, g.type()).utf8();
    }

    /** Sets what scripts see of a variable of the environment; the process's own stays as it is. */
    public void environment(String name, String value) {
        context.service(ScriptEnvironment.class).set(name, value);
    }

    /** Reads what {@code @prefixes} adds to the scripts read so far. From then on scripts are compiled as they run. */
    public void finishLoading() {
        for (Parser.LoadedScript script : parser.loaded()) {
            String name = flattened(script.path());
            if (name != null) {
                loadPrefixed(name);
            }
        }
        if (!hasErrors()) {
            parser.reportUnused();
        }
        if (jit.isOn()) {
            interpreter.tier(new Tiering(interpreter, jit));
        }
    }

    private void loadPrefixed(String name) {
        for (String prefix : parser.prefixes().reversed()) {
            Path file = path.find(prefix + "." + name, null);
            if (file != null) {
                load(file.toString());
            }
        }
    }

    /** A script's name within its directory of scripts, with dots; a package is named by its directory. */
    private @Nullable String flattened(String script) {
        Path p = Path.of(script).toAbsolutePath().normalize();
        for (Path directory : path.directories()) {
            Path root = directory.toAbsolutePath().normalize();
            if (p.startsWith(root)) {
                Path name = root.relativize(p);
                Path parent = name.getParent();
                boolean isPackage = parent != null && name.endsWith("__load__.zeek");
                return (isPackage ? parent + ".zeek" : name.toString()).replace('/', '.');
            }
        }
        return null;
    }

    public boolean hasErrors() {
        return diagnostics.hasErrors();
    }

    // ---- running

    /** Statements outside functions. Returns false when they failed, which ends the run. */
    public boolean runGlobals() {
        FileValue standardOutput = context.service(ScriptFiles.class).standardOutput();
        interpreter.redirectPrint(PrintLog.of(context, logs, file -> file == standardOutput));
        try {
            interpreter.run(parser.topLevelStatements(), parser.topLevelSlots());
            return true;
        } catch (ScriptError e) {
            reporter.scriptError(e, null);
            reporter.fatal("failed to execute script statements at top-level scope");
            return false;
        }
    }

    /** Finishes logs that a run before has left. Before any log is opened. */
    public void rotateLeftovers() {
        logs.rotateLeftovers();
    }

    /**
     * {@code zeek_init}, under its old name too. Returns false when something in it, or before it, went wrong, which ends the
     * run unless ZEEK_ALLOW_INIT_ERRORS is in the environment.
     */
    public boolean raiseInit() {
        if (isSet("EventMetadata::add_missing_remote_network_timestamp")
                && !isSet("EventMetadata::add_network_timestamp")) {
            reporter.fatal("Setting EventMetadata::add_missing_remote_network_timestamp is only valid together with"
                    + " EventMetadata::add_network_timestamp");
            return false;
        }
        reporter.raiseEvents();
        raise("zeek_init");
        raise("bro_init");
        if (time.now() > 0 && !hasTraffic()) {
            raise("network_time_init"); // with traffic its first packet does that
        }
        for (Parser.LoadedScript script : parser.loaded()) {
            raise("zeek_script_loaded", Bytes.of(script.path()), (long) script.level());
        }
        queue.drain();
        if (reporter.initialErrors() > 0 && System.getenv("ZEEK_ALLOW_INIT_ERRORS") == null) {
            reporter.fatal("errors occurred while initializing");
            return false;
        }
        reporter.initialized();
        return true;
    }

    private boolean isSet(String option) {
        return Boolean.TRUE.equals(context.global(option));
    }

    private boolean hasTraffic() {
        return services.get(EngineState.class) instanceof EngineState s && (s.isReadingLive() || s.isReadingTraces());
    }

    /** The run ends before its input does, since a script or somebody outside wants it. */
    public void stoppedEarly() {
        reporter.info("received termination signal", null);
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

    /** Closes what is read, logs and files. */
    @Override
    public void close() {
        input.close();
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
        return new TimerWork();
    }

    // ---- options for core

    /** Copies the script options that core obeys. */
    public void configure(EngineSettings s) {
        new CoreOptions(context, globals).copyTo(s);
        s.ip.discarder = ScriptDiscarder.of(context, records);
        context.service(WeirdSampling.class).use(s);
    }

    private final class TimerWork implements TimedWork {
        @Override
        public double nextDue() {
            return Math.min(timers.nextDue(), logs.nextDue());
        }

        @Override
        public int runUntil(double until, int most) {
            int ran = 0;
            while (ran < most) {
                double timer = timers.nextDue();
                double log = logs.nextDue();
                if (Math.min(timer, log) > until) {
                    break;
                }
                ran++;
                if (timer <= log) {
                    timers.runNext(until);
                    continue;
                }
                logs.runUntil(Math.min(timer, until));
                if (logs.nextDue() == log) {
                    break; // what was due is due again at the same time, and others may wait
                }
            }
            return ran;
        }

        @Override
        public void expireNext() {
            if (!timers.endNext()) {
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
        public double startTime() {
            return time.start();
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
            Expr.Call call = interpreter.callSite();
            return call == null ? null : call.at();
        }

        @Override
        public List<ScriptCall> stack() {
            return interpreter.stack();
        }

        /** Zeek's wording: the call, and what was wrong with it (zeek {@code src/Func.cc}, emit_builtin_error). */
        @Override
        public void callError(String message, @Nullable Object culprit) {
            Expr.Call call = interpreter.callSite();
            if (call == null) {
                ScriptContext.super.callError(message, culprit);
                return;
            }
            String what = culprit == null ? "" : " and " + Describe.message(culprit, AnyValue.typeOf(culprit));
            reporter.error(message + " (" + ExprText.withDefaults(call) + what + ")", call.at());
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
        @SuppressWarnings("NullAway") // as above
        public void schedule(double when, FuncValue event, @Nullable Object... args) {
            EventType type = event instanceof ScriptFunction f ? f.event() : null;
            if (!terminating && type != null) {
                timers.set(when, (due, ending) -> {
                    if (type.wanted()) {
                        queue.addAt(ending ? time.now() : due, type, args);
                    }
                });
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
