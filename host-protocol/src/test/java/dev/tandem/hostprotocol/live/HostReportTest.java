package dev.tandem.hostprotocol.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hostprotocol.enroll.Enrolled;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostReportTest {
    @TempDir
    Path folder;

    private final HostReport.Activity activity = new HostReport.Activity();
    private NodeRegistry nodes;

    @BeforeEach
    void open() throws Exception {
        nodes = NodeRegistry.open(folder.resolve("hosts.db"));
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private Node enroll() throws Exception {
        return Enrolled.host(nodes, "h");
    }

    private @Nullable String hint(Node node) {
        return HostReport.hint(true, node.scheduled(), 1, activity, nodes.isRevoked(node.hostId()));
    }

    @Test
    void aHostThatEnrolsAndAsksForNoScheduleIsTold() throws Exception {
        Node node = enroll();
        node.seen(2, "127.0.0.1"); // as enrolling is
        assertTrue(String.valueOf(hint(node)).contains("--config_plugin=tls"), () -> hint(node));
        node.schedule();
        assertTrue(String.valueOf(hint(node)).contains("logs nothing"), () -> hint(node));
        activity.logged(1, 3, 3);
        assertNull(hint(node));
        enroll();
        assertFalse(node.scheduled());
    }

    @Test
    void aRestartKeepsWhoHasAskedForItsSchedule() throws Exception {
        Node asked = enroll();
        Enrolled.host(nodes, "silent");
        asked.schedule();
        nodes.store(0);
        nodes.close();
        open();
        for (Node node : nodes.all()) {
            assertEquals(node.hostId().equals("h"), node.scheduled(), node.hostId());
        }
        enroll();
        nodes.close();
        open();
        assertTrue(nodes.all().stream().noneMatch(Node::scheduled));
    }

    @Test
    void aRevokedHostIsSaidToBe() throws Exception {
        Node node = enroll();
        nodes.revoke("h", 2);
        assertEquals("revoked: it may not enrol", hint(node));
        nodes.permit("h");
        assertEquals(node, enroll());
    }
}
