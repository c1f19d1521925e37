package dev.tandem.script;

import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.engine.TimedWork;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.script.check.Diagnostic;
import dev.tandem.script.gen.JitOptions;
import dev.tandem.script.source.LoadPath;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An engine with one script, without packets, logs and shipped scripts; the test lets time pass. */
final class ScriptRun {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final NetworkTime time = NetworkTime.replay();
    private final EventQueue queue = new EventQueue();

    /** What was wrong with the script. */
    final List<Diagnostic> diagnostics = new ArrayList<>();

    final ScriptEngine engine;

    ScriptRun(String script, JitOptions jit) {
        engine = new ScriptEngine(
                new EventRegistry(),
                queue,
                time,
                new NoLogs(),
                new LoadPath(List.of()),
                diagnostics::add,
                new PrintStream(out, true, StandardCharsets.ISO_8859_1));
        engine.jit(jit);
        engine.code(script);
    }

    private static final class NoLogs implements LogWriterFactory {
        @Override
        public LogWriter open(String writer, LogSchema schema, double openTime, Listener listener) {
            throw new IllegalStateException("no log is expected");
        }

        @Override
        public void close() {}
    }

    List<String> problems() {
        return diagnostics.stream().map(Diagnostic::plain).toList();
    }

    /** Top-level statements and zeek_init. */
    ScriptRun start() {
        engine.finishLoading();
        engine.runGlobals();
        engine.raiseInit();
        return this;
    }

    /** Network time goes on, and everything due until then happens. */
    ScriptRun advance(double seconds) {
        time.advanceTo(seconds);
        TimedWork timers = engine.timers();
        while (timers.nextDue() <= seconds) {
            timers.runUntil(seconds, 1);
        }
        queue.drain();
        queue.drain();
        return this;
    }

    /** zeek_done. */
    ScriptRun finish() {
        engine.raiseDone();
        return this;
    }

    /** What it has printed. */
    String output() {
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
