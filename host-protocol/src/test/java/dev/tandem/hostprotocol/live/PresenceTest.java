package dev.tandem.hostprotocol.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.host.HostEvent;
import dev.tandem.hostprotocol.enroll.Enrolled;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresenceTest {
    private static final double GRACE = 70;

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private NodeRegistry nodes;
    private Presence presence;

    @BeforeEach
    void open() throws Exception {
        nodes = NodeRegistry.open(folder.resolve("hosts.db"));
        presence = new Presence(nodes, GRACE);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private Node enroll(String instance, double time) throws Exception {
        Node node = Enrolled.host(nodes, "h", instance, time);
        request(node, time);
        return node;
    }

    private void request(Node node, double time) {
        node.seen(time, "127.0.0.1");
        presence.seen(node);
    }

    private void tell(HostEvent event) {
        switch (event) {
            case HostEvent.Connected c -> told.add("connected");
            case HostEvent.HeardFrom h -> assertEquals("127.0.0.1", h.address());
            case HostEvent.Disconnected d -> told.add("disconnected");
            case HostEvent.Status s ->
                told.add(s.message().substring(0, s.message().indexOf(':')));
            default -> told.add(event.toString());
        }
    }

    private void turn(double now) {
        presence.tellArrivals(this::tell);
        presence.tellDepartures(now, this::tell);
    }

    @Test
    void aHostComesAndGoes() throws Exception {
        Node node = enroll("i", 1000);
        turn(1001);
        turn(1069);
        request(node, 1069);
        turn(1100);
        assertEquals(List.of("connected"), told);
        turn(1140);
        assertEquals(List.of("connected", "disconnected"), told);
        request(node, 1150);
        turn(1150);
        assertEquals(List.of("connected", "disconnected", "connected"), told);
    }

    @Test
    void aHostWhoseRowsAreReplayedIsThereAllTheWhile() throws Exception {
        Node node = enroll("i", 1000);
        presence = new Presence(nodes, GRACE); // a start much later
        assertTrue(presence.require(node, 5000, this::tell));
        for (double now = 5000; now < 5200; now += 10) {
            turn(now);
            assertFalse(presence.require(node, now, this::tell));
        }
        assertEquals(List.of("connected"), told);
        turn(5300);
        assertEquals(List.of("connected", "disconnected"), told);
    }

    @Test
    void copiesOfAMachineAreReportedOnce() throws Exception {
        Node first = enroll("i", 1000);
        Node second = enroll("j", 1010);
        turn(1011);
        assertEquals(List.of("connected"), told);
        for (double now = 1020; now < 1100; now += 10) {
            request(first, now);
            request(second, now);
            turn(now);
        }
        assertEquals(List.of("connected", "duplicate host identifier"), told);
    }

    @Test
    void aMachineInstalledAnewIsNoCopy() throws Exception {
        enroll("i", 1000);
        turn(1000);
        Node second = enroll("j", 1030);
        for (double now = 1030; now < 1200; now += 10) {
            request(second, now);
            turn(now);
        }
        assertEquals(List.of("connected"), told);
    }

    @Test
    void whenOneOfTwoFallsSilentTheOtherStandsForTheHost() throws Exception {
        Node first = enroll("i", 1000);
        enroll("j", 1001);
        turn(1001);
        for (double now = 1010; now < 1100; now += 10) {
            request(first, now);
            turn(now);
        }
        assertEquals(List.of(first), List.copyOf(presence.present()));
    }
}
