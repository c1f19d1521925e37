package dev.tandem.control.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a prefix, from {@code etc/node.cfg}: sections with the keys of broctl (zeekctl {@code config.py}). A worker
 * with {@code lb_procs=N} becomes N workers, {@code worker-1-1} to {@code worker-1-N}.
 */
public final class NodeTable {
    private static final List<String> KEYS = List.of(
            "af_packet_buffer_size",
            "af_packet_fanout_id",
            "af_packet_fanout_mode",
            "aux_scripts",
            "env_vars",
            "ether",
            "host",
            "interface",
            "lb_interfaces",
            "lb_method",
            "lb_procs",
            "pin_cpus",
            "shards",
            "zone_id");

    private static final List<String> METHODS = List.of("af_packet", "interfaces");

    /** broctl's others, which need what is not here. */
    private static final List<String> FOREIGN_METHODS = List.of("custom", "myricom", "pf_ring");

    private static final int MOST_SHARDS = 64;

    /** Directories of the spool beside those of the nodes. */
    private static final List<String> RESERVED = List.of("state", "tmp");

    private final List<Node> nodes;

    private NodeTable(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** @throws ConfigException that names everything that is wrong */
    public static NodeTable read(Path file) throws ConfigException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new ConfigException("cannot read " + file + ": " + e.getMessage());
        }
        return new Reader(file).read(lines);
    }

    /** In the order of their types, then of the file. */
    public List<Node> all() {
        return nodes;
    }

    public boolean isStandalone() {
        return nodes.size() == 1 && nodes.getFirst().type() == NodeType.STANDALONE;
    }

    /** Where {@code logs/current} leads: the node whose logs are the prefix's. */
    public Node logNode() {
        return nodes.getFirst();
    }

    /** Names and groups that commands take. */
    public List<String> names() {
        Set<String> names = new LinkedHashSet<>(List.of("all", "loggers", "manager", "proxies", "workers"));
        nodes.forEach(node -> names.add(node.name()));
        return List.copyOf(names);
    }

    /**
     * Those that are named, each once, in the table's order.
     *
     * @param names nodes and groups; empty for all
     */
    public List<Node> select(List<String> names) throws ConfigException {
        if (names.isEmpty()) {
            return nodes;
        }
        Set<Node> chosen = new LinkedHashSet<>();
        for (String name : names) {
            List<Node> found =
                    nodes.stream().filter(node -> isCalled(node, name)).toList();
            if (found.isEmpty() && !names().contains(name)) {
                throw new ConfigException("unknown node '" + name + "'; there are " + String.join(", ", names()));
            }
            chosen.addAll(found);
        }
        return nodes.stream().filter(chosen::contains).toList();
    }

    private static boolean isCalled(Node node, String name) {
        return name.equals("all")
                || name.equals(node.name())
                || name.equals(node.type().plural())
                || node.type() == NodeType.MANAGER && name.equals("manager");
    }

    /** One reading of the file. */
    private static final class Reader {
        private final Path file;
        private final List<String> wrong = new ArrayList<>();
        private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

        Reader(Path file) {
            this.file = file;
        }

        NodeTable read(List<String> lines) throws ConfigException {
            split(lines);
            List<Node> nodes = new ArrayList<>();
            Map<NodeType, Integer> counts = new TreeMap<>();
            sections.forEach((name, attributes) -> {
                NodeType type = type(name, attributes);
                if (type != null) {
                    for (Map<String, String> one : expand(name, type, attributes)) {
                        int count = counts.merge(type, 1, Integer::sum);
                        nodes.add(new Node(one.getOrDefault("name", name), type, count, whole(one)));
                    }
                }
            });
            checkTypes(counts, nodes.size());
            if (!wrong.isEmpty()) {
                throw new ConfigException(String.join("\n", wrong));
            }
            nodes.sort(Comparator.comparing(Node::type));
            return new NodeTable(nodes);
        }

        private void wrong(int line, String what) {
            wrong.add(file + (line == 0 ? "" : ":" + line) + ": " + what);
        }

        private void split(List<String> lines) {
            Map<String, String> section = null;
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                    continue;
                }
                if (line.startsWith("[") && line.endsWith("]")) {
                    String name = line.substring(1, line.length() - 1).strip();
                    section = new TreeMap<>();
                    if (RESERVED.contains(name)) {
                        wrong(i + 1, "no node may be called " + name + ": the spool has a directory of that name");
                    } else if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
                        wrong(i + 1, "a node's name has letters, digits and - . _ only: [" + name + "]");
                    } else if (sections.put(name, section) != null) {
                        wrong(i + 1, "there are two nodes called " + name);
                    }
                    continue;
                }
                int equals = line.indexOf('=');
                String key =
                        equals < 0 ? line : line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                if (section == null || equals < 0) {
                    wrong(
                            i + 1,
                            (section == null ? "before the first [node]: " : "not of the form key=value: ") + line);
                } else if (!KEYS.contains(key) && !key.equals("type") && key.indexOf('.') < 0) {
                    wrong(i + 1, "there is no key '" + key + "'; there are type, " + String.join(", ", KEYS));
                } else {
                    section.put(key, line.substring(equals + 1).strip());
                }
            }
        }

        private @Nullable NodeType type(String name, Map<String, String> attributes) {
            String word = attributes.remove("type");
            NodeType type = word == null ? null : NodeType.of(word);
            if (type == null) {
                wrong(
                        0,
                        "node " + name + " has " + (word == null ? "no type" : "an unknown type '" + word + "'")
                                + "; types are standalone, manager, logger, proxy, worker");
            } else if (!QuotedWords.isWhole(attributes.getOrDefault("aux_scripts", ""))) {
                wrong(0, "node " + name + ": aux_scripts has a quote that is not closed");
            } else if (attributes.containsKey("shards")) {
                checkShards(name, type, attributes);
            } else if (type == NodeType.WORKER
                    && attributes.getOrDefault("interface", "").isEmpty()) {
                wrong(0, "worker " + name + " has no interface");
            }
            return type;
        }

        /** Engines of one process are workers with a manager of their own, so the process is no worker of another one. */
        private void checkShards(String name, NodeType type, Map<String, String> attributes) {
            String shards = attributes.getOrDefault("shards", "");
            if (type != NodeType.STANDALONE) {
                wrong(
                        0,
                        "node " + name + ": shards= is for a standalone node, which then is a whole cluster in one"
                                + " process; workers take lb_procs=N");
            } else if (!shards.matches("[1-9][0-9]?") || Integer.parseInt(shards) > MOST_SHARDS) {
                wrong(0, "node " + name + ": shards= takes a number from 1 to " + MOST_SHARDS);
            } else if (!shards.equals("1")
                    && attributes.getOrDefault("interface", "").isEmpty()) {
                wrong(0, "node " + name + ": shards= is about packets, and there is no interface");
            } else if (!attributes.getOrDefault("af_packet_fanout_id", "").isEmpty()) {
                wrong(0, "node " + name + ": shards share an interface by themselves: leave af_packet_fanout_id away");
            }
        }

        private List<Map<String, String>> expand(String name, NodeType type, Map<String, String> attributes) {
            String procs = attributes.getOrDefault("lb_procs", "");
            String method = attributes.getOrDefault("lb_method", "");
            if (procs.isEmpty() && method.isEmpty()) {
                return List.of(attributes);
            }
            if (FOREIGN_METHODS.contains(method)) {
                wrong(
                        0,
                        "node " + name + ": there is no lb_method=" + method
                                + "; lb_method=af_packet shares one interface among lb_procs workers without any"
                                + " driver or library, lb_method=interfaces gives each one of lb_interfaces");
                return List.of(attributes);
            }
            if (type != NodeType.WORKER || !METHODS.contains(method) || !procs.matches("[1-9][0-9]{0,3}")) {
                wrong(
                        0,
                        "node " + name + ": load balancing is for workers and takes lb_method="
                                + String.join("|", METHODS) + " with lb_procs=N");
                return List.of(attributes);
            }
            List<Map<String, String>> all = new ArrayList<>();
            String[] cpus = attributes.getOrDefault("pin_cpus", "").split(",");
            String[] interfaces = attributes.getOrDefault("lb_interfaces", "").split(",");
            int n = Integer.parseInt(procs);
            if (method.equals("interfaces") && interfaces.length != n) {
                wrong(0, "node " + name + ": lb_interfaces has " + interfaces.length + " interfaces, lb_procs is " + n);
                return List.of(attributes);
            }
            for (int i = 0; i < n; i++) {
                Map<String, String> one = new TreeMap<>(attributes);
                one.put("name", name + "-" + (i + 1));
                one.put("pin_cpus", cpus[i % cpus.length].strip());
                if (method.equals("interfaces")) {
                    one.put("interface", interfaces[i].strip());
                } else if (method.equals("af_packet")) {
                    one.putIfAbsent("af_packet_fanout_id", Integer.toString(fanoutId(attributes)));
                }
                all.add(one);
            }
            return all;
        }

        /** One group per interface, so that two interfaces do not share one. */
        private static int fanoutId(Map<String, String> attributes) {
            return 1 + Math.floorMod(attributes.getOrDefault("interface", "").hashCode(), 0xfffe);
        }

        private static SortedMap<String, String> whole(Map<String, String> attributes) {
            SortedMap<String, String> whole = new TreeMap<>();
            KEYS.forEach(key -> whole.put(key, ""));
            whole.put("host", "localhost");
            whole.putAll(attributes);
            whole.remove("name");
            return whole;
        }

        private void checkTypes(Map<NodeType, Integer> counts, int nodes) {
            if (!wrong.isEmpty()) {
                return;
            }
            int standalone = counts.getOrDefault(NodeType.STANDALONE, 0);
            if (nodes == 0) {
                wrong(
                        0,
                        "has no node; a sensor on its own is [tandem] with type=standalone, host=localhost,"
                                + " interface=eth0");
            } else if (standalone > 0 && nodes > 1) {
                wrong(0, "a standalone node is to be the only one");
            } else if (standalone == 0 && counts.getOrDefault(NodeType.MANAGER, 0) != 1) {
                wrong(0, "a cluster has one manager");
            } else if (standalone == 0 && counts.getOrDefault(NodeType.WORKER, 0) == 0) {
                wrong(0, "a cluster has at least one worker");
            }
        }
    }
}
