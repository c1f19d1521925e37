package dev.tandem.hostprotocol.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.hostprotocol.enroll.Enrolled;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDocumentTest {
    @TempDir
    Path folder;

    @Test
    void linesAtOnceAreWhatTheAdministratorSaysUntilTheyAreTooLong() throws Exception {
        int usual = AgentOptions.of(1, Map.of()).mostLines();
        int told = AgentOptions.of(1, Map.of("logger_tls_max_lines", "4096")).mostLines();
        int few = AgentOptions.of(1, Map.of("logger_tls_max_lines", "5")).mostLines();
        assertEquals(1024, usual);
        assertEquals(
                1024, AgentOptions.of(1, Map.of("logger_tls_max_lines", "many")).mostLines());
        try (NodeRegistry nodes = NodeRegistry.open(folder.resolve("hosts.db"))) {
            Node node = Enrolled.host(nodes, "h");
            assertEquals(4096, node.mostLines(told));
            node.halveLines();
            assertEquals(2048, node.mostLines(told));
            assertEquals(512, node.mostLines(usual));
            assertEquals(5, node.mostLines(few));
            for (int i = 0; i < 100; i++) {
                node.halveLines();
            }
            assertEquals(16, node.mostLines(told));
        }
    }
}
