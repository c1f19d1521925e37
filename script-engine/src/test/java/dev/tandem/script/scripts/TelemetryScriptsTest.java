package dev.tandem.script.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.script.ScriptRig;
import dev.tandem.script.framework.NoHosts;
import dev.tandem.script.log.FakeWriters;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Figures as scripts keep and see them. */
class TelemetryScriptsTest {
    private static final String SHOW = """
        module Test;
        export {
            global shown = "";
            global show: function(prefix: string, name: string);
        }
        function show(prefix: string, name: string)
            {
            for ( _, m in Telemetry::collect_metrics(prefix, name) )
                shown += fmt("%s%s%s=%s;", m$opts$name, m$label_names, m$label_values, m$value);
            }
        """;

    private final FakeWriters writers = new FakeWriters();
    private final ScriptRig rig = new ScriptRig(writers, new NoHosts())
            .load("base/init-bare", "base/frameworks/telemetry")
            .script(SHOW);

    private String shown() {
        return String.valueOf(rig.global("Test::shown"));
    }

    @Test
    void countersAndGaugesAreCollectedByPattern() {
        rig.script("""
            global requests = Telemetry::register_counter_family([$prefix="web", $name="req-s", $unit="1",
                $label_names=vector("verb", "code")]);
            global heat = Telemetry::register_gauge_family([$prefix="web", $name="heat", $unit="celsius"]);
            event zeek_init()
                {
                Telemetry::counter_family_inc(requests, vector("get", "200"), 2.5);
                Telemetry::counter_set(Telemetry::counter_with(requests, vector("get", "200")), 4.0);
                Telemetry::counter_family_inc(requests, vector("a", "200"));
                Telemetry::gauge_family_set(heat, vector(), 40.0);
                Telemetry::gauge_family_dec(heat, vector(), 1.5);
                Test::show("web", "*");
                Test::show("web", "heat");
                Test::show("we?", "req*");
                Test::show("*", "nothing");
                }
            """).start(1);
        String heat = "web_heat_celsius[][]=38.5;";
        String requests = "web_req_s_total[code, verb][200, a]=1.0;web_req_s_total[code, verb][200, get]=4.0;";
        assertEquals(requests + heat + heat + requests, shown());
        assertEquals(List.of(), rig.messages);
    }

    @Test
    void histogramsCountBySize() {
        rig.script("""
            global h = Telemetry::register_histogram_family([$prefix="x", $name="size", $bounds=vector(1.0, 10.0)]);
            event zeek_init()
                {
                for ( _, v in vector(0.5, 1.0, 2.0, 11.0) )
                    Telemetry::histogram_family_observe(h, vector(), v);

                for ( _, m in Telemetry::collect_histogram_metrics("x") )
                    Test::shown += fmt("%s %s %s %s %s", m$opts$name, m$opts$bounds, m$values, m$sum, m$observations);

                Test::show("x", "*");
                }
            """).start(1);
        assertEquals("x_size [1.0, 10.0, inf] [2.0, 1.0, 1.0] 14.5 4.0", shown());
    }

    @Test
    void wrongUseIsToldAndCounted() {
        rig.script("""
            global c = Telemetry::register_counter_family([$prefix="x", $name="y", $label_names=vector("l")]);
            event zeek_init()
                {
                Telemetry::counter_family_inc(c, vector("a", "b"));
                Telemetry::counter_family_inc(c, vector("a"), 5.0);
                Telemetry::counter_family_set(c, vector("a"), 3.0);
                Test::show("zeek", "telemetry*");
                }
            """).start(1);
        assertEquals("zeek_telemetry_counter_usage_error_total[][]=1.0;", shown());
        assertEquals(2, rig.messages.size());
        assertEquals(
                "error: Invalid label values expected 1, have 2",
                rig.messages.get(0).substring(0, 46));
        assertEquals(
                "error: Attempted to set lower counter value=3.0 cur_value=5.0",
                rig.messages.get(1).substring(0, 61));
    }

    @Test
    void syncRunsBeforeFiguresAreSeenButNotWithinItself() {
        rig.script("""
            global g = Telemetry::register_gauge_family([$prefix="x", $name="y"]);
            hook Telemetry::sync()
                {
                Telemetry::gauge_family_inc(g);
                Telemetry::collect_metrics();
                }
            event zeek_init() { Test::show("x", "y"); }
            """).start(1);
        assertEquals("x_y[][]=1.0;", shown());
        assertEquals(List.of("warning: Telemetry::sync() hook invoked recursively"), rig.messages);
    }

    @Test
    void rowsAndWhatWasCutOfThemAreCounted() {
        rig.script("""
            module Cut;
            export { redef enum Log::ID += { LOG }; type Info: record { s: string &log; v: vector of count &log; }; }
            redef Log::default_max_field_string_bytes = 2;
            redef Log::default_max_field_container_elements = 1;
            event zeek_init() &priority=5 { Log::create_stream(LOG, [$columns=Info, $path="cut"]); }
            event zeek_init()
                {
                Log::write(LOG, [$s="long", $v=vector(1, 2)]);
                Log::write(LOG, [$s="ok", $v=vector(1)]);
                Test::show("zeek", "log_stream*");
                Test::show("zeek", "log_writer_w*");
                Test::show("zeek", "log_writer_t*");
                }
            """).start(1);
        String of = "[filter_name, module, path, stream, writer][default, Cut, cut, Cut::LOG, Log::WRITER_ASCII]=";
        assertEquals(
                "zeek_log_stream_writes_total[module, stream][Cut, Cut::LOG]=2.0;"
                        + "zeek_log_writer_writes_total" + of + "2.0;"
                        + "zeek_log_writer_truncated_containers_total" + of + "1.0;"
                        + "zeek_log_writer_truncated_string_fields_total" + of + "1.0;",
                // The shipped scripts have logs of their own.
                Arrays.stream(shown().split("(?<=;)"))
                        .filter(line -> line.contains("Cut::LOG"))
                        .collect(Collectors.joining()));
        assertEquals(List.of("lo|{1|1|}", "ok|{1|1|}"), writers.rows("cut"));
    }

    @Test
    void figuresAreLogged() {
        rig.load("policy/frameworks/telemetry/log").script("""
            redef Telemetry::log_prefixes = { "mine" };
            global c = Telemetry::register_counter_family([$prefix="mine", $name="n", $label_names=vector("l")]);
            event zeek_init() { Telemetry::counter_family_inc(c, vector("a")); }
            """).start(1);
        rig.raise("zeek_done");
        assertEquals(List.of("t1.0|zeek|counter|mine_n_total|{1|l|}|{1|a|}|1.0"), writers.rows("telemetry"));
    }
}
