package dev.tandem.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTableTest {
    @TempDir
    private Path folder;

    private NodeTable table(String text) throws IOException, ConfigException {
        Path file = folder.resolve("node.cfg");
        Files.writeString(file, text);
        return NodeTable.read(file);
    }

    private String complaint(String text) {
        return String.valueOf(
                assertThrows(ConfigException.class, () -> table(text)).getMessage());
    }

    private static final String CLUSTER = """
        # broctl's
        [worker-2]
        type=worker
        host=localhost
        interface=eth1

        [worker-1]
        type=worker
        host=localhost
        interface=eth0
        lb_method=af_packet
        lb_procs=2
        pin_cpus=0,3

        [proxy-1]
        type=proxy
        host=localhost

        [manager]
        type=manager
        host=localhost
        """;

    @Test
    void nodesComeInTheOrderTheyAreStarted() throws Exception {
        assertEquals(
                "[manager, proxy-1, worker-2, worker-1-1, worker-1-2]",
                table(CLUSTER).all().toString());
    }

    @Test
    void balancedWorkersShareAGroupAndHaveAProcessorEach() throws Exception {
        List<Node> workers = table(CLUSTER).select(List.of("worker-1-1", "worker-1-2"));
        assertEquals("0", workers.get(0).get("pin_cpus"));
        assertEquals("3", workers.get(1).get("pin_cpus"));
        assertEquals(workers.get(0).get("af_packet_fanout_id"), workers.get(1).get("af_packet_fanout_id"));
    }

    @Test
    void shardsAreForAStandaloneNodeWithAnInterface() throws Exception {
        String standalone = "[s]\ntype=standalone\nhost=localhost\n";
        assertEquals(1, table(standalone).logNode().shards());
        assertEquals(
                4, table(standalone + "interface=eth0\nshards=4\n").logNode().shards());
        assertTrue(complaint(standalone + "shards=2\n").contains("there is no interface"));
        assertTrue(complaint(standalone + "interface=eth0\nshards=65\n").contains("from 1 to 64"));
        assertTrue(complaint(standalone + "interface=eth0\nshards=2\naf_packet_fanout_id=3\n")
                .contains("leave af_packet_fanout_id away"));
        assertTrue(complaint(CLUSTER + "[worker-3]\ntype=worker\nhost=localhost\ninterface=eth2\nshards=2\n")
                .contains("workers take lb_procs=N"));
    }

    @Test
    void groupsNameNodesOnce() throws Exception {
        assertEquals(
                "[proxy-1, worker-2, worker-1-1, worker-1-2]",
                table(CLUSTER).select(List.of("workers", "worker-2", "proxies")).toString());
        assertEquals(5, table(CLUSTER).select(List.of("all")).size());
        assertEquals(0, table(CLUSTER).select(List.of("loggers")).size());
    }

    @Test
    void unknownNameSaysWhichThereAre() throws Exception {
        NodeTable table = table(CLUSTER);
        ConfigException e = assertThrows(ConfigException.class, () -> table.select(List.of("worker-9")));
        assertTrue(String.valueOf(e.getMessage()).contains("worker-1-1"), e.getMessage());
    }

    @Test
    void everythingWrongIsToldWithItsLine() {
        String said = complaint("type=worker\n[a]\ntype=bird\n[b]\ntype=worker\nhots=x\n[b]\nnonsense\n");
        assertTrue(said.contains("node.cfg:1: before the first [node]"), said);
        assertTrue(said.contains("node.cfg:6: there is no key 'hots'"), said);
        assertTrue(said.contains("node.cfg:7: there are two nodes called b"), said);
        assertTrue(said.contains("node.cfg:8: not of the form"), said);
        assertTrue(said.contains("unknown type 'bird'"), said);
    }

    @Test
    void combinationsThatCannotWorkAreRefused() {
        assertTrue(complaint("").contains("has no node"));
        assertTrue(complaint("[a]\ntype=standalone\n[b]\ntype=standalone\n").contains("only one"));
        assertTrue(complaint("[w]\ntype=worker\ninterface=eth0\n").contains("one manager"));
        assertTrue(complaint("[m]\ntype=manager\n").contains("at least one worker"));
        assertTrue(complaint("[w]\ntype=worker\n[m]\ntype=manager\n").contains("worker w has no interface"));
        assertTrue(complaint("[w]\ntype=worker\ninterface=e\nlb_procs=0\nlb_method=af_packet\n")
                .contains("load balancing"));
    }

    @Test
    void descriptionListsAttributesByName() throws Exception {
        String text = table("[bro]\ntype=standalone\ninterface=eth0\n")
                .all()
                .getFirst()
                .description();
        assertTrue(text.startsWith("             bro - addr=127.0.0.1 af_packet_buffer_size= "), text);
        assertTrue(
                text.endsWith(
                        " host=localhost interface=eth0 lb_interfaces= lb_method= lb_procs= name=bro pin_cpus= shards="
                                + " type=standalone zone_id="),
                text);
    }

    @Test
    void methodsOfOtherDriversAreRefusedWithTheCure() {
        for (String method : List.of("pf_ring", "myricom", "custom")) {
            String complaint = complaint(CLUSTER.replace("lb_method=af_packet", "lb_method=" + method));
            assertTrue(complaint.contains("there is no lb_method=" + method + "; lb_method=af_packet"), complaint);
        }
    }

    @Test
    void namesOfTheSpoolsDirectoriesAreTaken() {
        assertTrue(complaint("[state]\ntype=standalone\n").contains("no node may be called state"));
    }
}
