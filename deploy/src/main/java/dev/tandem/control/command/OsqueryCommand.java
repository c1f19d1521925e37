package dev.tandem.control.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.control.node.Console;
import dev.tandem.control.socket.ControlClient;
import dev.tandem.control.socket.ControlException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code osquery flags}: what a host's osquery is to be told. */
@Command(name = "osquery", description = "Print a flagfile with which osquery enrols at this daemon: osquery flags")
final class OsqueryCommand extends HostDaemonCommand {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Parameters(paramLabel = "flags", description = "what to print")
    private String what = "";

    OsqueryCommand(Session session) {
        super(session);
    }

    @Override
    boolean run(ControlClient daemon, Console console) throws ControlException {
        if (!what.equals("flags")) {
            throw new ControlException("osquery " + what + " is nothing that can be printed: say osquery flags");
        }
        for (JsonNode row : daemon.ask(TIMEOUT, "flags", List.of())) {
            console.info(row.path("flagfile").asText().stripTrailing());
        }
        return true;
    }
}
