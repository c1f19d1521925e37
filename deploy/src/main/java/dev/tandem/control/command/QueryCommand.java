package dev.tandem.control.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.control.node.Console;
import dev.tandem.control.socket.ControlClient;
import dev.tandem.control.socket.ControlException;
import dev.tandem.program.Descriptors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code query}: asks hosts once, and shows rows as they come. */
@Command(name = "query", description = "Ask hosts a query of osquery once, and print the rows")
final class QueryCommand extends HostDaemonCommand {
    @Parameters(paramLabel = "SQL", description = "what to ask")
    private String sql = "";

    @Option(names = "--host", paramLabel = "ID", description = "ask this host")
    private @Nullable String host;

    @Option(names = "--group", paramLabel = "NAME", description = "ask the members of this group")
    private @Nullable String group;

    @Option(names = "--all", description = "ask all hosts that are there")
    private boolean all;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "how long to wait; by default 60")
    private long seconds = 60;

    @Option(names = "--format", paramLabel = "table|csv|json", description = "of the output; by default a table")
    private String format = "table";

    QueryCommand(Session session) {
        super(session);
    }

    @Override
    boolean run(ControlClient daemon, Console console) throws ControlException {
        int targets = (host == null ? 0 : 1) + (group == null ? 0 : 1) + (all ? 1 : 0);
        if (targets != 1) {
            throw new ControlException("query needs one of --host ID, --group NAME and --all");
        }
        if (seconds <= 0) {
            throw new ControlException("--timeout takes seconds, 1 or more");
        }
        RowFormat rows = RowFormat.named(format, console);
        String user = System.getProperty("user.name", "");
        List<String> arguments = new ArrayList<>(List.of(sql));
        arguments.addAll(
                host != null ? List.of("host", host) : group != null ? List.of("group", group) : List.of("all", ""));
        arguments.add(user);
        Progress progress = new Progress(console);
        try {
            daemon.ask(Duration.ofSeconds(seconds), "query", arguments, row -> {
                if (row.has("columns")) {
                    rows.add(row.path("host").asText(), row.path("columns"));
                } else {
                    progress.tell(row);
                }
            });
        } finally {
            rows.end();
            progress.end();
        }
        return progress.failures == 0;
    }

    /** Says on standard error how many have answered, and what went wrong. */
    private static final class Progress {
        private final Console console;
        private final boolean isTerminal = Descriptors.isTerminal(Descriptors.ERRORS);
        private int targets;
        private int failures;

        Progress(Console console) {
            this.console = console;
        }

        void tell(JsonNode row) {
            targets = row.path("targets").asInt(targets);
            String error = row.path("error").asText("");
            if (!error.isEmpty()) {
                failures++;
                console.errorText(row.path("host").asText() + ": " + error);
            }
            if (isTerminal && row.has("done")) {
                console.err().print("\r" + row.path("done").asInt() + "/" + targets + " hosts");
                console.err().flush();
            }
        }

        void end() {
            if (isTerminal && targets > 0) {
                console.err().println();
            }
        }
    }
}
