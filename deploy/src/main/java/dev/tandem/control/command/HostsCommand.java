package dev.tandem.control.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.control.node.Console;
import dev.tandem.control.socket.ControlClient;
import dev.tandem.control.socket.ControlException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hosts}: who has enrolled, who is there, and what may be wrong. */
@Command(name = "hosts", description = "List monitored hosts: whether they are there, and why they may give no data")
final class HostsCommand extends HostDaemonCommand {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Option(names = "--json", description = "a line of JSON for each host, with all that is known")
    private boolean json;

    @Option(
            names = "--revoke",
            paramLabel = "HOST",
            description = "void this host's key and keep it from enrolling again")
    private @Nullable String revoked;

    @Option(names = "--permit", paramLabel = "HOST", description = "let this host enrol again")
    private @Nullable String permitted;

    HostsCommand(Session session) {
        super(session);
    }

    @Override
    boolean run(ControlClient daemon, Console console) throws ControlException {
        if (revoked != null || permitted != null) {
            if (revoked != null) {
                change(daemon, console, "revoke", revoked, "revoked: its key is void, and it may not enrol");
            }
            if (permitted != null) {
                change(daemon, console, "permit", permitted, "permitted: it may enrol");
            }
            return true;
        }
        List<JsonNode> hosts = daemon.ask(TIMEOUT, "hosts", List.of());
        if (json) {
            hosts.forEach(host -> console.info(host.toString()));
            return true;
        }
        if (hosts.isEmpty()) {
            console.info("no host has enrolled yet; tandemctl osquery flags tells what a host needs");
            return true;
        }
        double now = System.currentTimeMillis() / 1000.0;
        TextTable table = new TextTable(
                List.of("HOST", "STATE", "SEEN", "LAG", "LINES", "QUERIES", "VERSION", "ADDRESS", "GROUPS", "HINT"));
        for (JsonNode host : hosts) {
            List<String> groups = new ArrayList<>();
            host.path("groups").forEach(group -> groups.add(group.asText()));
            double seen = host.path("last_seen").asDouble();
            table.add(List.of(
                    host.path("host").asText(),
                    host.path("online").asBoolean() ? "online" : "offline",
                    seen == 0 ? "never" : ago(now - seen),
                    host.has("lag") ? ago(host.path("lag").asDouble()) : "-",
                    host.path("lines").asText(),
                    host.path("queries").asText(),
                    orDash(host.path("version").asText()),
                    orDash(host.path("peer").asText()),
                    orDash(String.join(",", groups)),
                    host.path("hint").asText()));
        }
        console.info(table.text());
        return true;
    }

    private static void change(ControlClient daemon, Console console, String action, String host, String done)
            throws ControlException {
        boolean isKnown = daemon.ask(TIMEOUT, "host_access", List.of(action, host)).stream()
                .anyMatch(row -> row.path("known").asBoolean());
        console.info(host + " is " + done + (isKnown ? "" : " (no host of that name has enrolled so far)"));
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private static String ago(double seconds) {
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.0fs", Math.max(0, seconds));
        }
        return seconds < 7200
                ? String.format(Locale.ROOT, "%.0fm", seconds / 60)
                : String.format(Locale.ROOT, "%.0fh", seconds / 3600);
    }
}
