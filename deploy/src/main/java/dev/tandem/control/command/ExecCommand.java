package dev.tandem.control.command;

import dev.tandem.control.config.Node;
import dev.tandem.control.node.Command;
import dev.tandem.control.node.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** {@code exec}: a shell's command on each host once. */
@picocli.CommandLine.Command(name = "exec", description = "Execute shell command on all hosts")
final class ExecCommand extends SiteCommand {
    @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "what the shell is to do")
    private List<String> words = new ArrayList<>();

    ExecCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean run(Site site) throws InterruptedException {
        Map<String, Node> hosts = new LinkedHashMap<>();
        site.nodes().all().forEach(node -> hosts.putIfAbsent(node.host(), node));
        boolean ok = true;
        for (Node node : hosts.values()) {
            String line = String.join(" ", words);
            Command.Result result = Command.run(
                    site.prefix(),
                    Map.of(),
                    site.commandTime(),
                    node.isLocal() ? List.of("/bin/sh", "-c", line) : Remote.ssh(site, node, List.of(line)));
            ok &= result.ok();
            site.console()
                    .info("[" + node + "/" + node.host() + "] " + (result.ok() ? " " : "error") + "\n> "
                            + String.join("\n> ", result.output().lines().toList()));
        }
        return ok;
    }
}
