package dev.tandem.script.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.script.ScriptRig;
import dev.tandem.script.framework.NoHosts;
import dev.tandem.script.log.FakeWriters;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The intelligence framework: what is an indicator, who said so, what becomes of it. */
class IntelScriptsTest {
    private static final String BEGIN = """
        module Test;
        global left: vector of string;
        redef enum Intel::Where += { HERE };
        function item(indicator: string, kind: Intel::Type, source: string): Intel::Item
            { return Intel::Item($indicator=indicator, $indicator_type=kind, $meta=Intel::MetaData($source=source)); }
        function see(text: string, kind: Intel::Type)
            { Intel::seen(Intel::Seen($indicator=text, $indicator_type=kind, $where=HERE)); }
        function see_host(host: addr)
            { Intel::seen(Intel::Seen($host=host, $where=HERE)); }
        event Intel::log_intel(rec: Intel::Info)
            {
            local row = rec$seen$indicator;
            for ( kind in rec$matched )
                row += fmt(" %s", kind);
            for ( source in rec$sources )
                row += " " + source;
            left += row;
            }
        function said(): string { return join_string_vec(left, "; "); }
        """;

    private final FakeWriters writers = new FakeWriters();
    private final ScriptRig rig = new ScriptRig(writers, new NoHosts()).load("base/init-bare", "base/frameworks/intel");

    /** What was seen, the kinds that matched and their sources, for each row of intel.log. */
    private void rowsAre(List<String> expected, String script) {
        rig.script(BEGIN).script("module Test;\n" + script).start(1000);
        assertEquals(expected, Arrays.asList(said().split("; ")));
        assertEquals(expected.size(), writers.rows("intel").size());
    }

    private String said() {
        return String.valueOf(rig.call("Test::said"));
    }

    @Test
    void textMatchesWhateverItsCase() {
        rowsAre(List.of("Example.COM Intel::DOMAIN feed"), """
            event zeek_init()
                {
                Intel::insert(item("example.com", Intel::DOMAIN, "feed"));
                see("Example.COM", Intel::DOMAIN);
                see("example.com", Intel::URL);
                see("example.org", Intel::DOMAIN);
                }
            """);
    }

    @Test
    void anAddressMatchesTheNetworksAroundItToo() {
        rowsAre(List.of("10.1.2.3 Intel::ADDR Intel::SUBNET a b c"), """
            event zeek_init()
                {
                Intel::insert(item("10.1.2.3", Intel::ADDR, "a"));
                Intel::insert(item("10.1.2.0/24", Intel::SUBNET, "b"));
                Intel::insert(item("10.1.0.0/16", Intel::SUBNET, "c"));
                Intel::insert(item("10.2.0.0/16", Intel::SUBNET, "d"));
                see_host(10.1.2.3);
                see_host(10.3.2.1);
                }
            """);
    }

    @Test
    void anIndicatorGoesWithItsLastSource() {
        rowsAre(List.of("1.2.3.4 Intel::ADDR b"), """
            event zeek_init()
                {
                Intel::insert(item("1.2.3.4", Intel::ADDR, "a"));
                Intel::insert(item("1.2.3.4", Intel::ADDR, "b"));
                Intel::remove(item("1.2.3.4", Intel::ADDR, "a"));
                see_host(1.2.3.4);
                Intel::remove(item("1.2.3.4", Intel::ADDR, "b"));
                see_host(1.2.3.4);
                }
            """);
    }

    @Test
    void hooksTellWhatComesAndGoes() {
        rig.script(BEGIN).script("""
            module Test;
            hook Intel::filter_item(item: Intel::Item) { if ( item$indicator == "2.2.2.2" ) break; }
            hook Intel::indicator_inserted(indicator: string, indicator_type: Intel::Type) { left += "+" + indicator; }
            hook Intel::indicator_removed(indicator: string, indicator_type: Intel::Type) { left += "-" + indicator; }
            event zeek_init()
                {
                Intel::insert(item("1.1.1.1", Intel::ADDR, "a"));
                Intel::insert(item("1.1.1.1", Intel::ADDR, "b"));
                Intel::insert(item("2.2.2.2", Intel::ADDR, "a"));
                Intel::remove(item("1.1.1.1", Intel::ADDR, ""), T);
                }
            """).start(1000);
        assertEquals("+1.1.1.1; -1.1.1.1", said());
        assertEquals(List.of(), rig.messages);
    }

    @Test
    void whatIsNotKnownCannotBeRemoved() {
        rig.script(BEGIN).script("""
            module Test;
            event zeek_init() { Intel::remove(item("1.1.1.1", Intel::ADDR, "a")); }
            """).start(1000);
        assertEquals(1, rig.messages.size());
        assertEquals("info: Tried to remove non-existing item '1.1.1.1' (Intel::ADDR).", rig.messages.getFirst());
    }
}
