package dev.tandem.script.gen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.script.ScriptEngine;
import dev.tandem.script.check.Diagnostic;
import dev.tandem.script.source.LoadPath;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random scripts print the same, errors included, however they run. */
final class TiersAgreeTest {
    private static final int SCRIPTS = Integer.getInteger("tandem.random-scripts", 40);

    private static final class NoLogs implements LogWriterFactory {
        @Override
        public LogWriter open(String writer, LogSchema schema, double openTime, Listener listener) {
            throw new IllegalStateException("no log is expected");
        }

        @Override
        public void close() {}
    }

    private static String run(String script, JitOptions jit) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ScriptEngine engine = new ScriptEngine(
                new EventRegistry(),
                new EventQueue(),
                NetworkTime.replay(),
                new NoLogs(),
                new LoadPath(List.of()),
                diagnostics::add,
                new PrintStream(out, true, StandardCharsets.ISO_8859_1))) {
            engine.jit(jit);
            engine.code(script);
            engine.finishLoading();
            // Without Tandem's own scripts nobody is known to raise reporter_error, which is warned of.
            List<String> mistakes = diagnostics.stream()
                    .filter(d -> d.severity() != Diagnostic.Severity.WARNING)
                    .map(Diagnostic::plain)
                    .toList();
            assertEquals(List.of(), mistakes, () -> script);
            engine.runGlobals();
            engine.raiseInit();
            engine.raiseDone();
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void randomScriptsPrintTheSameInEveryTier() {
        int errors = 0;
        for (int seed = 0; seed < SCRIPTS; seed++) {
            String script = new RandomScripts(seed).next();
            String interpreted = run(script, JitOptions.OFF);
            int number = seed;
            assertEquals(interpreted, run(script, JitOptions.AT_ONCE), () -> "at once " + number + "\n" + script);
            assertEquals(
                    interpreted,
                    run(script, new JitOptions(Integer.MAX_VALUE, 1, null)),
                    () -> "loops " + number + "\n" + script);
            assertEquals(interpreted, run(script, JitOptions.STANDARD), () -> "standard " + number + "\n" + script);
            errors += interpreted.contains("<command line>") ? 1 : 0;
        }
        assertTrue(errors > 0, "some scripts are to fail while they run");
    }
}
