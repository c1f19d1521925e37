package dev.tandem.control.node;

import dev.tandem.control.config.ControlConfig;
import dev.tandem.control.config.Node;
import dev.tandem.control.config.NodeType;
import dev.tandem.control.config.Option;
import dev.tandem.control.config.QuotedWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a node is called: arguments in the order of broctl's (zeekctl {@code control.py}, _make_zeek_params). */
public final class NodeCommandLine {
    private final Site site;
    private final Node node;

    public NodeCommandLine(Site site, Node node) {
        this.site = site;
        this.node = node;
    }

    /** The whole line that starts the node. */
    public List<String> live() {
        ControlConfig config = site.config();
        List<String> line = new ArrayList<>();
        String cpu = node.get("pin_cpus");
        boolean isSharded = node.shards() > 1;
        if (!cpu.isEmpty() && !isSharded) {
            line.addAll(List.of("taskset", "-c", cpu));
        }
        line.add(site.program().toString());
        for (String one : node.networkInterface().split(",")) {
            if (!one.isBlank()) {
                // zeekctl's users write af_packet::eth0; the capture is of that kind anyway.
                line.addAll(List.of("-i", one.strip().replaceFirst("^af_packet::", "")));
            }
        }
        if (isSharded) {
            line.addAll(List.of("--shards", Integer.toString(node.shards())));
            if (!cpu.isEmpty()) {
                line.addAll(List.of("--pin-cpus", cpu.replace(" ", ""))); // one processor for each engine
            }
        }
        if (!node.get("af_packet_fanout_id").isEmpty()) {
            line.addAll(List.of("--fanout", node.get("af_packet_fanout_id")));
        }
        if (config.isOn(Option.SaveTraces)) {
            line.addAll(List.of("-w", "trace.pcap"));
        }
        if (!config.text(Option.HostResults).isEmpty() && node.type() != NodeType.WORKER) {
            line.addAll(
                    List.of("--host-results", config.path(Option.HostResults).toString()));
        }
        line.addAll(List.of("-U", ".status", "--state", site.state(node).toString()));
        line.addAll(List.of("--archive", site.logs().toString(), "--archive-as", archiveForm()));
        if (!node.equals(site.nodes().logNode())) {
            line.addAll(List.of("--archive-node", node.name()));
        }
        prefixes(line, true);
        scripts(line);
        // A node runs until it is stopped, whether or not it has an interface.
        line.add("exit_only_after_terminate=T");
        return line;
    }

    private String archiveForm() {
        ControlConfig config = site.config();
        return config.isOn(Option.CompressLogs) ? config.text(Option.CompressExtension) : "none";
    }

    /** The whole line that reads the node's scripts in some other way. */
    public List<String> offline(List<String> options) {
        List<String> line = new ArrayList<>();
        line.add(site.program().toString());
        line.addAll(options);
        prefixes(line, false);
        scripts(line);
        return line;
    }

    private void prefixes(List<String> line, boolean live) {
        List<String> prefixes = new ArrayList<>(List.of("tandemctl"));
        if (live) {
            prefixes.add("tandemctl-live");
        }
        if (node.type() == NodeType.STANDALONE) {
            prefixes.add("standalone");
        }
        prefixes.addAll(List.of(site.config().text(Option.Prefixes).split(":")));
        prefixes.add(node.name());
        for (String prefix : prefixes) {
            if (!prefix.isBlank()) {
                line.addAll(List.of("-p", prefix));
            }
        }
    }

    private void scripts(List<String> line) {
        line.addAll(QuotedWords.of(site.config().text(Option.SitePolicyScripts)));
        line.add("tandemctl");
        if (node.type() == NodeType.STANDALONE) {
            line.add("tandemctl/standalone");
        }
        line.add("tandemctl/auto");
        line.addAll(QuotedWords.of(node.get("aux_scripts")));
        line.addAll(QuotedWords.of(site.config().text(Option.TandemArgs)));
    }

    /**
     * The variables that are set for it besides those of this process.
     *
     * @param scripts directory of the users' scripts, and that of the generated ones
     */
    public Map<String, String> environment(Path scripts, Path generated) {
        Map<String, String> environment = new LinkedHashMap<>();
        if (node.type() != NodeType.STANDALONE) {
            environment.put("CLUSTER_NODE", node.name());
        }
        environment.put("ZEEKPATH", scripts + ":" + generated);
        // Empty too: those of whoever starts the node, such as the supervisor's small heap, are not its own.
        environment.put("TANDEM_JAVA_OPTS", javaOptions());
        for (String pair : node.get("env_vars").split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                environment.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        return environment;
    }

    /** Leaves in the node's directory, for reports, how it is called ({@code .cmdline}, {@code .env_vars}). */
    void note() throws IOException {
        Path directory = site.directory(node);
        Files.writeString(directory.resolve(".cmdline"), String.join(" ", live()) + "\n");
        Files.writeString(
                directory.resolve(".env_vars"),
                environment(site.installed().resolve("site"), site.installed().resolve("auto")).entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    private String javaOptions() {
        String options = site.config().text(Option.JavaOpts);
        String limit = site.config().text(Option.MemLimit);
        // In megabytes, as ulimit(1) has it in kilobytes: a limit on address space would not do for a Java process.
        return limit.matches("[0-9]+") ? ("-Xmx" + limit + "m " + options).strip() : options;
    }
}
