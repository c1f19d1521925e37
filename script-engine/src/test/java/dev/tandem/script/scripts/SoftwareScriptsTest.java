package dev.tandem.script.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.ScriptRig;
import dev.tandem.script.framework.NoHosts;
import dev.tandem.script.log.FakeWriters;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The software framework: versions out of texts, their order, and what of it is logged. */
class SoftwareScriptsTest {
    private final FakeWriters writers = new FakeWriters();
    private final ScriptRig rig =
            new ScriptRig(writers, new NoHosts()).load("base/init-bare", "base/frameworks/software");

    @AfterEach
    void nothingWentWrong() {
        assertEquals(List.of(), rig.messages);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OpenSSH_8.9p1 Ubuntu-3 | OpenSSH 8.9-p1",
                "nginx/1.18.0 (Ubuntu) | nginx 1.18.0-Ubuntu",
                "Apache | Apache 0",
                "Postfix 3 | Postfix 3",
                "lighttpd/1.4.53-devel-1 | lighttpd 1.4.53-devel",
                "x264 1.2.3.4.5 | x264 1.2.3.4-5",
                "%E6%9C%89/128 CFNetwork/760.2.6 | \u00e6\u009c\u0089 128-CFNetwork/760",
                "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0 | Firefox 115.0",
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
                        + " | Chrome 120.0.0.0",
                "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko | MSIE 11.0",
                "Mozilla/5.0 (something new) | <unknown browser> 0",
                "A/9/Google/Pixel#2/walleye/unknown | Android (Google Pixel) 9"
            })
    void textsAreTakenApart(String text, String expected) {
        rig.script("""
            module Software;
            function shown(text: string): string
                {
                local d = Software::parse(text);
                return d$name + " " + Software::software_fmt_version(d$version);
                }
            """);
        assertEquals(expected, ((Bytes) rig.call("Software::shown", Bytes.latin1(text))).latin1());
    }

    @ParameterizedTest
    @CsvSource({"x/1.2, x/1.10, -1", "x/2, x/1.9, 1", "x/1.2, x/1.2.1, -1", "x/1.2, x/1.2, 0", "x/1.2b, x/1.2, 1"})
    void versionsHaveAnOrder(String one, String other, long expected) {
        rig.script("""
            module Software;
            function compared(a: string, b: string): int
                { return Software::cmp_versions(Software::parse(a)$version, Software::parse(b)$version); }
            """);
        assertEquals(expected, rig.call("Software::compared", Bytes.of(one), Bytes.of(other)));
    }

    @Test
    void eachVersionOfAHostIsLoggedOnce() {
        rig.script("""
            redef Software::asset_tracking = ALL_HOSTS;
            redef Software::found_cache_interval = 0secs;
            global id = conn_id($orig_h=10.0.0.1, $orig_p=1/tcp, $resp_h=10.0.0.2, $resp_p=22/tcp, $proto=6);
            global changes: vector of string;
            event Software::version_change(old: Software::Info, new: Software::Info)
                { changes += old$unparsed_version + ">" + new$unparsed_version; }
            function said(): string { return join_string_vec(changes, " "); }
            event zeek_init()
                {
                for ( _, v in vector("x/1.0", "x/1.0", "x/2.0", "x/1.0") )
                    Software::found(id, Software::Info($host=10.0.0.1, $unparsed_version=v));
                }
            """).start(1000);
        assertEquals(2, writers.rows("software").size());
        assertEquals("x/1.0>x/2.0", String.valueOf(rig.call("said")));
    }
}
