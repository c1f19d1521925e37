package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several engines in one process give what one gives. */
class ShardsIT {
    private static final String DEMO =
            DaemonRunner.CHECKOUT.resolve("deploy/demo/capture.pcap.gz").toString();

    @TempDir
    Path folder;

    private List<String> connections(int shards) throws Exception {
        Path own = Files.createDirectory(folder.resolve("of" + shards));
        DaemonRunner.Run run = new DaemonRunner(own).run("-r", DEMO, "--shards", Integer.toString(shards));
        assertEquals("", run.err());
        assertEquals(0, run.status());
        LogFile log = run.log("conn");
        assertTrue(log.isClosed());
        String[] columns = log.columns().stream()
                .map(c -> c.substring(0, c.indexOf(':')))
                .filter(c -> !c.equals("uid") && !c.equals("tunnel_parents"))
                .toArray(String[]::new);
        return log.select(columns).stream().sorted().toList();
    }

    @Test
    void theSameConnectionsWithOneTwoAndFourShards() throws Exception {
        List<String> one = connections(1);
        assertEquals(277, one.size());
        assertEquals(one, connections(2));
        assertEquals(one, connections(4));
    }

    @Test
    void aScriptErrorIsToldOnceAndEndsAll() {
        DaemonRunner.Run run =
                new DaemonRunner(folder).run("-r", DEMO, "--shards", "2", "-e", "event zeek_init() { x(); }");
        assertEquals(1, run.status());
        assertEquals(
                1,
                run.err()
                        .lines()
                        .filter(l -> l.contains("unknown identifier x"))
                        .count(),
                run.err());
    }
}
