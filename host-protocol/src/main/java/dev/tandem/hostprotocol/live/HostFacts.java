package dev.tandem.hostprotocol.live;

import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.result.ResultLine;
import dev.tandem.hostprotocol.result.ResultLine.Content;
import dev.tandem.hostprotocol.result.ResultRow;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What decides a host's groups: the addresses of its interfaces, which it tells by differences, and the groups that decorations
 * of its lines name. Engine thread.
 */
final class HostFacts {
    /** Decorations that begin so name groups: {@code tandem_group}, {@code bro_groups}, ..., several parted by commas. */
    private static final List<String> GROUP_DECORATIONS = List.of("tandem_group", "bro_group", "zeek_group");

    /** Longer lists are a mistake, and would cost every schedule. */
    private static final int MOST_GROUPS = 100;

    private record FirstRun(long epoch, double unixTime) {}

    private final Map<Long, FirstRun> firstRuns = new HashMap<>();

    /** Takes a line of {@link dev.tandem.hostprotocol.remote.ConfigDocument#ADDRESSES}. */
    void addresses(Node node, ResultLine line) {
        Set<String> addresses = new LinkedHashSet<>(node.interfaceAddresses());
        switch (line.content()) {
            case Content.Difference d -> {
                if (line.counter() == 0) {
                    // The first of its rows tells that all of them come.
                    FirstRun run = new FirstRun(line.epoch(), line.unixTime());
                    if (!run.equals(firstRuns.put(node.id(), run))) {
                        addresses.clear();
                    }
                }
                d.removed().forEach(row -> addresses.remove(text(row)));
                d.added().forEach(row -> addresses.add(text(row)));
            }
            case Content.Snapshot s -> {
                addresses.clear();
                s.rows().forEach(row -> addresses.add(text(row)));
            }
            case Content.SnapshotRow r -> addresses.add(text(r.row()));
        }
        addresses.remove("");
        if (!addresses.equals(node.interfaceAddresses())) {
            node.interfaceAddresses(addresses);
        }
    }

    /** Interface and address; empty when there is none. */
    private static String text(ResultRow row) {
        String address = row.value("address");
        return address.isEmpty() ? "" : row.value("interface").replaceAll("\\s", "_") + " " + address.strip();
    }

    /** Takes a line's decorations. A line without a group says nothing about groups. */
    void decorations(Node node, Map<String, String> decorations) {
        if (decorations.isEmpty()) {
            return;
        }
        Set<String> groups = null;
        for (Map.Entry<String, String> decoration : decorations.entrySet()) {
            if (GROUP_DECORATIONS.stream().anyMatch(decoration.getKey()::startsWith)) {
                if (groups == null) {
                    groups = new LinkedHashSet<>();
                }
                for (String group : decoration.getValue().split(",")) {
                    String name = group.strip().replaceAll("\\p{Cntrl}", " ");
                    if (!name.isEmpty() && groups.size() < MOST_GROUPS) {
                        groups.add(name);
                    }
                }
            }
        }
        if (groups != null && !groups.equals(node.groups())) {
            node.groups(groups);
        }
    }
}
