package dev.tandem.script.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.ScriptRig;
import dev.tandem.script.framework.NoHosts;
import dev.tandem.script.log.FakeWriters;
import dev.tandem.script.log.PrintLog;
import dev.tandem.script.runtime.FileValue;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shipped logging framework as scripts use it. */
class LoggingScriptsTest {
    private static final String STREAM = """
        module Test;
        export {
            redef enum Log::ID += { LOG };
            type Info: record { s: string &log; n: count &log &optional; };
            global log_policy: Log::PolicyHook;
        }
        event zeek_init() &priority=5
            { Log::create_stream(LOG, Log::Stream($columns=Info, $path="test", $policy=log_policy)); }
        """;

    private final FakeWriters writers = new FakeWriters();
    private final ScriptRig rig = new ScriptRig(writers, new NoHosts()).load("base/init-bare");

    private ScriptRig run(String... more) {
        rig.script(STREAM);
        for (String script : more) {
            rig.script(script);
        }
        return rig.start(1000);
    }

    @AfterEach
    void nothingWentWrong() {
        assertEquals(List.of(), rig.messages);
    }

    @Test
    void aPolicyHookMayNameItsRecordType() {
        run("""
            hook Test::log_policy(rec: Test::Info, id: Log::ID, filter: Log::Filter)
                {
                if ( rec$s == "out" )
                    break;
                rec$n = |rec$s|;
                }
            event zeek_init()
                {
                Log::write(Test::LOG, [$s="in"]);
                Log::write(Test::LOG, [$s="out"]);
                }
            """);
        assertEquals(List.of("in|2"), writers.rows("test"));
    }

    @Test
    void anEmptyTableThatMayBeRedefinedTakesEntries() {
        run("""
            redef Log::default_field_name_map = { ["s"] = "text" };
            event zeek_init() { Log::write(Test::LOG, [$s="x"]); }
            """);
        assertEquals("text n", writers.header("test"));
    }

    @Test
    void printBecomesRowsWhenScriptsWantIt() {
        run("redef Log::print_to_log = Log::REDIRECT_STDOUT;");
        PrintLog log = Objects.requireNonNull(
                PrintLog.of(rig, rig.logs, file -> file.name().equals("-")));
        Object[] values = {Bytes.of("a, b"), 2L};
        Type[] types = {Types.STRING, Types.COUNT};
        assertTrue(log.take(null, values, types));
        assertTrue(log.take(new FileValue("-", OutputStream.nullOutputStream()), values, types));
        assertFalse(log.take(new FileValue("x", OutputStream.nullOutputStream()), values, types));
        assertEquals(List.of("t1000.0|{2|a, b|2|}", "t1000.0|{2|a, b|2|}"), writers.rows("print"));
    }

    @Test
    void printStaysPrintOtherwise() {
        run();
        assertNull(PrintLog.of(rig, rig.logs, file -> true));
    }

    @Test
    void logsLeftBehindGoToTheirPostprocessorOrTheDefault() {
        run("""
            global told = "";
            function mine(info: Log::RotationInfo): bool
                { told += fmt("%s %s %s;", info$path, info$fname, info$open); return T; }
            function wrong(): bool { return F; }
            redef Log::rotation_format_func = function(ri: Log::RotationFmtInfo): Log::RotationPath
                { return Log::RotationPath($file_basename=ri$path + "-old"); };
            """);
        writers.leftovers.add(new FakeWriters.Left("conn", "mine"));
        writers.leftovers.add(new FakeWriters.Left("dns", "wrong"));
        rig.logs.rotateLeftovers();
        assertEquals("conn conn-old.log 5.0;", String.valueOf(rig.global("told")));
        assertEquals(
                List.of(
                        "info: Rotated/postprocessed leftover log 'conn.log' -> 'conn-old.log' ",
                        "warning: Could not postprocess log 'dns.log' with intended postprocessor function 'wrong',"
                                + " proceeding  with the default function",
                        "info: Rotated/postprocessed leftover log 'dns.log' -> 'dns-old.log' "),
                rig.messages);
        rig.messages.clear();
    }

    @Test
    void rowsThatAreDelayedAgainAtTheEndAreAskedAgainButNotForever() {
        run("""
            global asked: table[string] of count &default=0;
            function again(rec: Test::Info, id: Log::ID): bool
                {
                ++asked[rec$s];
                rec$n = asked[rec$s];

                if ( rec$s == "forever" || asked[rec$s] < 3 )
                    Log::delay(id, rec, again);

                return T;
                }
            hook Log::log_stream_policy(rec: Test::Info, id: Log::ID)
                { Log::delay(id, rec, again); }
            event zeek_init()
                {
                Log::write(Test::LOG, [$s="thrice"]);
                Log::write(Test::LOG, [$s="forever"]);
                }
            """);
        rig.finish();
        assertEquals(List.of("thrice|3", "forever|10"), writers.rows("test"));
    }
}
