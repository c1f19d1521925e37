package dev.tandem.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.script.log.FakeContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.source.Position;
import dev.tandem.script.source.Source;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScriptReporterTest {
    private final FakeContext context = new FakeContext();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private boolean hasTraffic;
    private final ScriptReporter reporter =
            new ScriptReporter(context, new PrintStream(err, true, StandardCharsets.UTF_8), () -> hasTraffic);
    private final Position place = new Position(new Source("a.zeek", "a.zeek", new byte[0]), 7, 1);

    private String printed() {
        return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "|");
    }

    @Test
    void messagesNameTheirKindAndPlace() {
        reporter.error("bad", place);
        reporter.scriptError(new ScriptError("no such index"), place);
        reporter.warning("hm", null);
        reporter.info("so", null);
        reporter.info("so", place);
        assertEquals(
                "error in a.zeek, line 7: bad|expression error in a.zeek, line 7: no such index|warning: hm|so|a.zeek, line"
                        + " 7: so|",
                printed());
    }

    @Test
    void networkTimeIsToldWhenPacketsOrScriptsMakeIt() {
        context.now = 12.5;
        reporter.error("clock", null);
        hasTraffic = true;
        reporter.error("packets", null);
        hasTraffic = false;
        context.globals.put("allow_network_time_forward", false);
        reporter.error("script", null);
        assertEquals("error: clock|12.500000 error: packets|12.500000 error: script|", printed());
    }

    @Test
    void onceInitializedScriptsMaySilenceEachKind() {
        context.globals.put("Reporter::errors_to_stderr", false);
        context.globals.put("Reporter::info_to_stderr", false);
        reporter.error("early", null);
        reporter.initialized();
        reporter.error("late", null);
        reporter.info("late", null);
        reporter.warning("late", null);
        assertEquals("error: early|warning: late|", printed());
    }
}
