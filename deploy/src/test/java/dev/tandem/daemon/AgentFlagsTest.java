package dev.tandem.daemon;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AgentFlagsTest {
    @Test
    void theManualShowsTheSame() throws IOException {
        String manual = Files.readString(Path.of("../docs/hosts.md"));
        String flags =
                AgentFlags.of("analyzer.example.org:8443", "/etc/osquery/tandem-ca.pem", "/etc/osquery/tandem.secret");
        assertTrue(manual.contains("\n\n" + flags.indent(4) + "\n"), () -> "docs/hosts.md lacks\n" + flags.indent(4));
    }
}
