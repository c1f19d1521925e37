package dev.tandem.script;

import dev.tandem.core.backbone.Backbone;
import dev.tandem.core.correlation.ConnectionAttributor;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.host.HostQueries;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.script.ast.Global;
import dev.tandem.script.bif.OptionHandlers;
import dev.tandem.script.bif.ScriptEnvironment;
import dev.tandem.script.broker.ScriptBackbone;
import dev.tandem.script.check.Diagnostics;
import dev.tandem.script.check.Globals;
import dev.tandem.script.event.Timers;
import dev.tandem.script.framework.AttributionEvents;
import dev.tandem.script.framework.HostResults;
import dev.tandem.script.interp.Interpreter;
import dev.tandem.script.interp.ScriptFunction;
import dev.tandem.script.log.LogStreams;
import dev.tandem.script.parse.Parser;
import dev.tandem.script.runtime.ExecutionLimits;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.source.LoadPath;
import dev.tandem.script.source.Position;
import dev.tandem.script.source.Source;
import dev.tandem.script.telemetry.Metrics;
import dev.tandem.script.types.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Scripts with a clock, logs and hosts, but without packets: what the tests of shipped scripts run in. */
public final class ScriptRig implements ScriptContext, Reporter {
    /** The shipped scripts; tests run in the module's directory. */
    public static final Path SCRIPTS = Path.of("src/main/scripts");

    private record Timer(
            double when,
            long order,
            FuncValue event,
            @Nullable Object[] args) {}

    public final List<String> messages = new ArrayList<>();
    public final LogStreams logs;
    public final HostResults results;
    private final HostQueries hosts;
    private final Globals globals = new Globals();
    private final EventRegistry registry = new EventRegistry();
    private final EventQueue queue = new EventQueue();
    private final Map<Class<?>, Object> services = new HashMap<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingDouble(Timer::when).thenComparingLong(Timer::order));
    private final Diagnostics diagnostics = new Diagnostics(d -> messages.add(d.plain()));
    private final Interpreter interpreter = new Interpreter(this, new Timers(), new ExecutionLimits());
    private final Parser parser;
    private double now;
    private long order;
    private int scripts;

    public ScriptRig(LogWriterFactory writers, HostQueries hosts) {
        Metrics metrics = new Metrics();
        logs = new LogStreams(this, writers, metrics);
        services.put(Metrics.class, metrics);
        this.hosts = hosts;
        results = new HostResults(this, hosts);
        services.put(Globals.class, globals);
        services.put(LogStreams.class, logs);
        services.put(HostResults.class, results);
        services.put(ConnectionAttributor.class, new ConnectionAttributor(new AttributionEvents(this)));
        services.put(OptionHandlers.class, new OptionHandlers());
        services.put(ScriptEnvironment.class, new ScriptEnvironment(Path.of(".")));
        parser = new Parser(new LoadPath(List.of(SCRIPTS)), diagnostics, globals, interpreter);
    }

    /** Gives the scripts their place at a backbone. */
    public ScriptBackbone backbone(Backbone backbone) {
        ScriptBackbone made = new ScriptBackbone(this, backbone);
        services.put(ScriptBackbone.class, made);
        return made;
    }

    /** Reads shipped scripts by name. */
    public ScriptRig load(String... names) {
        for (String name : names) {
            Path file = Objects.requireNonNull(new LoadPath(List.of(SCRIPTS)).find(name, null), name);
            try {
                parser.read(LoadPath.read(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    /** Reads a script of the test's own. */
    public ScriptRig script(String text) {
        String name = "test-" + ++scripts + ".zeek";
        parser.read(new Source(name, name, text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** Runs {@code zeek_init} at a network time. */
    public ScriptRig start(double networkTime) {
        now = networkTime;
        raise("zeek_init");
        return this;
    }

    /** Raises an event by name and runs everything that follows from it now. */
    public void raise(String event, Object... args) {
        queue.add(registry.event(event), args);
        settle();
    }

    /** Lets time pass: hosts are heard, timers and delays run. */
    public void advance(double networkTime) {
        while (!timers.isEmpty() && timers.peek().when <= networkTime) {
            Timer t = timers.poll();
            now = t.when;
            raise(t.event, t.args);
            settle();
        }
        now = networkTime;
        hosts.poll(networkTime, results);
        settle();
        logs.runUntil(networkTime);
        settle();
    }

    /** Ends it all. */
    public void finish() {
        hosts.drain(results);
        settle();
        logs.close();
    }

    private void settle() {
        while (!queue.isEmpty()) {
            queue.drain();
        }
    }

    /** Calls a script function. */
    public @Nullable Object call(String function, Object... args) {
        return ((FuncValue) Objects.requireNonNull(global(function), function)).call(args);
    }

    @Override
    public double networkTime() {
        return now;
    }

    @Override
    public EventRegistry eventTypes() {
        return registry;
    }

    @Override
    public EventQueue events() {
        return queue;
    }

    @Override
    public Reporter reporter() {
        return this;
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
    public void raise(FuncValue event, @Nullable Object... args) {
        EventType type = event instanceof ScriptFunction f ? f.event() : null;
        queue.add(type != null ? type : registry.event(event.name()), args);
    }

    @Override
    public void schedule(double when, FuncValue event, @Nullable Object... args) {
        timers.add(new Timer(when, order++, event, args));
    }

    @Override
    public boolean isTerminating() {
        return false;
    }

    @Override
    public void terminate() {}

    @Override
    public <T> T service(Class<T> kind) {
        Object part = services.get(kind);
        if (part == null) {
            throw new ScriptError("the rig has no " + kind.getSimpleName());
        }
        return kind.cast(part);
    }

    @Override
    public void info(String message, @Nullable Position at) {
        messages.add("info: " + message);
    }

    @Override
    public void warning(String message, @Nullable Position at) {
        messages.add("warning: " + message + (at == null ? "" : " " + at));
    }

    @Override
    public void error(String message, @Nullable Position at) {
        messages.add("error: " + message + (at == null ? "" : " " + at));
    }
}
