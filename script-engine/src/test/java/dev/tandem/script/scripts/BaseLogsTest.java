package dev.tandem.script.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.ScriptRig;
import dev.tandem.script.framework.NoHosts;
import dev.tandem.script.log.FakeWriters;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The logs that the default scripts write of the engine's own events. */
class BaseLogsTest {
    private final FakeWriters writers = new FakeWriters();
    private final ScriptRig rig = new ScriptRig(writers, new NoHosts())
            .load("base/init-bare", "base/frameworks/notice", "base/frameworks/reporter");

    @BeforeEach
    void start() {
        rig.script("redef enum Notice::Type += { Test_Notice };").start(1000);
    }

    @AfterEach
    void nothingWentWrong() {
        assertEquals(List.of(), rig.messages);
    }

    private static Bytes text(String s) {
        return Bytes.of(s);
    }

    @Test
    void weirdIsLoggedOnceInAWhile() {
        rig.raise("net_weird", text("truncated_IP"), text("more"), text("IP"));
        rig.raise("net_weird", text("truncated_IP"), text("again"), text("IP"));
        assertEquals(List.of("t1000.0|-|-|-|-|-|truncated_IP|more|F|zeek|IP"), writers.rows("weird"));
    }

    @Test
    void weirdOfAFlowHasItsAddresses() {
        Addr a = Objects.requireNonNull(Addr.parse("10.0.0.1"));
        Addr b = Objects.requireNonNull(Addr.parse("10.0.0.2"));
        rig.raise("flow_weird", text("fragment_overlap"), a, b, Bytes.EMPTY, Bytes.EMPTY);
        rig.raise(
                "flow_weird",
                text("fragment_overlap"),
                a,
                Objects.requireNonNull(Addr.parse("10.0.0.3")),
                Bytes.EMPTY,
                Bytes.EMPTY);
        assertEquals(List.of("t1000.0|-|10.0.0.1|0|10.0.0.2|0|fragment_overlap|-|F|zeek|-"), writers.rows("weird"));
    }

    @Test
    void ignoredWeirdsLeaveNoTrace() {
        rig.raise("net_weird", text("spontaneous_RST"), Bytes.EMPTY, Bytes.EMPTY);
        assertEquals(List.of(), writers.rows("weird"));
    }

    @Test
    void sameNoticeIsToldOnce() {
        rig.script("""
                event tell(what: string)
                    {
                    NOTICE(Notice::Info($note=Test_Notice, $msg=what, $identifier=what));
                    }
                """);
        rig.raise("tell", text("one"));
        rig.raise("tell", text("one"));
        rig.raise("tell", text("two"));
        assertEquals(
                List.of("one", "two"),
                writers.rows("notice").stream().map(r -> r.split("\\|")[11]).toList());
    }

    @Test
    void messagesAreLoggedWithTheirLevel() {
        rig.raise("reporter_warning", 5.0, text("careful"), text("a.zeek, line 1"));
        assertEquals(List.of("t5.0|Reporter::WARNING|careful|a.zeek, line 1"), writers.rows("reporter"));
    }
}
