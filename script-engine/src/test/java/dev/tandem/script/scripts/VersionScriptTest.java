package dev.tandem.script.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.ScriptRig;
import dev.tandem.script.framework.NoHosts;
import dev.tandem.script.log.FakeWriters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scripts learn of versions. */
class VersionScriptTest {
    private final ScriptRig rig =
            new ScriptRig(new FakeWriters(), new NoHosts()).load("base/init-bare", "base/misc/version");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5 | 10500 0 F F",
                "2.5-beta.12-custom4 | 20500 12 T F custom4",
                "2.5.12-custom5-debug | 20512 0 F T custom5",
                "3.0.0-rc2.13-debug | 30000 13 T T",
                "3.1.0-dev.42 | 30100 42 F F",
                "2.4-12 | 20400 12 F F"
            })
    void versionsAreTakenApart(String version, String expected) {
        rig.script("""
            function shown(v: string): string
                {
                local d = Version::parse(v);
                return strip(fmt("%d %d %s %s %s", d$version_number, d$commit, d$beta, d$debug, d$localversion));
                }
            """);
        assertEquals(expected, ((Bytes) rig.call("shown", Bytes.of(version))).latin1());
        assertEquals(List.of(), rig.messages);
    }

    @Test
    void whatIsNoVersionIsAnError() {
        rig.script("event zeek_init() { print Version::parse(\"new\")$version_number; }")
                .start(1);
        assertEquals(List.of("error: Version string new cannot be parsed"), rig.messages);
    }

    @Test
    void theLanguageIsThatOfZeekNine() {
        rig.script("function is_new(): bool { return Version::at_least(\"8.0.0\") && ! Version::at_least(\"99.0\"); }");
        assertEquals(true, rig.call("is_new"));
    }
}
