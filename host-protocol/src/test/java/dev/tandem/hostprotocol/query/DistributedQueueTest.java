package dev.tandem.hostprotocol.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.UpdateType;
import dev.tandem.hostprotocol.enroll.Enrolled;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributedQueueTest {
    private static final HostQuery QUERY = new HostQuery("e", "SELECT 1", UpdateType.SNAPSHOT, 10, "", "");

    @TempDir
    Path folder;

    private final DistributedQueue queue = new DistributedQueue("q");
    private Node node;

    @BeforeEach
    void enroll() throws Exception {
        try (NodeRegistry nodes = NodeRegistry.open(folder.resolve("hosts.db"))) {
            node = Enrolled.host(nodes, "h");
        }
    }

    @Test
    void aQuestionIsHandedOutOnceAndAgainWhenItsLeaseIsOver() {
        assertTrue(queue.ask(node, QUERY, 1000));
        assertEquals(Map.of("q1", "SELECT 1"), queue.handOut(node, 0));
        assertEquals(Map.of(), queue.handOut(node, 60));
        assertEquals(Map.of("q1", "SELECT 1"), queue.handOut(node, 90));
    }

    @Test
    void onlyTheFirstAnswerCounts() {
        queue.ask(node, QUERY, 1000);
        queue.handOut(node, 0);
        assertNotNull(queue.answer(node, "q1"));
        assertNull(queue.answer(node, "q1"));
        assertNull(queue.answer(node, "never asked"));
        assertEquals(Map.of(), queue.handOut(node, 500));
    }

    @Test
    void whatIsNotAnsweredInTimeIsGivenUp() {
        queue.ask(node, QUERY, 100);
        queue.handOut(node, 0);
        assertEquals(0, queue.expire(99).size());
        assertEquals(QUERY, queue.expire(100).getFirst().query());
        assertNull(queue.answer(node, "q1"));
        assertEquals(0, queue.expire(200).size());
    }
}
