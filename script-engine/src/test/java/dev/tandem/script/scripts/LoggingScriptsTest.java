package dev.tandem.script.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.script.ScriptRig;
import dev.tandem.script.framework.NoHosts;
import dev.tandem.script.log.FakeWriters;
import java.util.List;
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
}
