package dev.tandem.hostprotocol.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.host.UpdateType;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Subnet;
import dev.tandem.hostprotocol.enroll.Enrolled;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import dev.tandem.hostprotocol.pack.QueryPack;
import dev.tandem.hostprotocol.pack.QueryPacks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to groups, addresses and subscriptions, and over restarts: what a host is served is what its groups imply, here
 * found out the long way.
 */
class ScheduleTest {
    private static final String[] GROUPS = {"a", "a/b", "ab", "c"};
    private static final String[] ADDRESSES = {"10.0.0.1", "10.0.1.1", "10.1.0.1", "192.168.0.1", "fd00::1"};
    private static final String[] RANGES = {
        "10.0.0.0/112", "10.0.0.0/120", "10.1.0.0/112", "192.168.0.1/128", "fd00::/16"
    };
    private static final int HOSTS = 4;
    private static final int STEPS = 400;

    @TempDir
    Path folder;

    private record Join(String range, String group) {}

    private record Asked(HostQuery query, QueryTarget target) {}

    private final Set<Join> joins = new LinkedHashSet<>();
    private final Set<Asked> asked = new LinkedHashSet<>();
    private final Map<String, Set<String>> addresses = new HashMap<>();
    private final Map<String, Set<String>> told = new HashMap<>();
    private NodeRegistry nodes;
    private LiveHosts hosts;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theScheduleIsWhatGroupsImply(long seed) throws Exception {
        Random random = new Random(seed);
        nodes = NodeRegistry.open(folder.resolve("hosts.db"));
        hosts = newHosts();
        for (int i = 0; i < HOSTS; i++) {
            enroll("host" + i);
        }
        for (int step = 0; step < STEPS; step++) {
            step(random);
            hosts.poll(0, event -> {});
            for (Node node : nodes.all()) {
                Set<String> served = new TreeSet<>();
                Set<String> names = new HashSet<>();
                hosts.schedule(node).queries().forEach(query -> {
                    served.add(query.query().sql());
                    names.add(query.name());
                });
                assertEquals(implied(node.hostId()), served, "seed " + seed + ", step " + step + ", " + node.hostId());
                assertEquals(served.size(), names.size());
                assertEquals(
                        impliedPacks(node.hostId()),
                        packs(node),
                        "seed " + seed + ", step " + step + ", " + node.hostId());
            }
        }
        hosts.close();
        nodes.close();
    }

    /** A pack for everyone, and one for two groups. */
    private static LiveHosts newHosts() {
        LiveHosts made = new LiveHosts();
        made.packs(new QueryPacks(List.of(pack("all", Set.of()), pack("some", Set.of("a/b", "c")))));
        return made;
    }

    private static QueryPack pack(String name, Set<String> groups) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.putObject("queries").putObject("q").put("query", "SELECT 1").put("interval", 60);
        return new QueryPack(name, groups, document);
    }

    private Set<String> packs(Node node) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        hosts.schedule(node).packs().writeTo(document);
        Set<String> names = new TreeSet<>();
        document.path("packs").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private Set<String> impliedPacks(String host) {
        Set<String> member = groups(host);
        return member.contains("a/b") || member.contains("c") ? Set.of("all", "some") : Set.of("all");
    }

    private void enroll(String id) throws Exception {
        Enrolled.host(nodes, id);
    }

    private void step(Random random) throws Exception {
        Join join = new Join(RANGES[random.nextInt(RANGES.length)], GROUPS[random.nextInt(GROUPS.length)]);
        Asked ask = new Asked(query(random.nextInt(5)), target(random));
        List<Node> all = new ArrayList<>(nodes.all());
        Node node = all.get(random.nextInt(all.size()));
        switch (random.nextInt(9)) {
            case 0, 1 -> {
                joins.add(join);
                hosts.join(subnet(join.range), join.group);
            }
            case 2 -> {
                joins.remove(join);
                hosts.leave(subnet(join.range), join.group);
            }
            case 3, 4 -> {
                asked.add(ask);
                hosts.subscribe(ask.query, ask.target);
            }
            case 5 -> {
                asked.remove(ask);
                hosts.unsubscribe(ask.query, ask.target);
            }
            case 6 -> {
                Set<String> now = some(random, ADDRESSES);
                addresses.put(node.hostId(), now);
                Set<String> interfaces = new LinkedHashSet<>();
                now.forEach(address -> interfaces.add("eth0 " + address));
                node.interfaceAddresses(interfaces);
            }
            case 7 -> {
                Set<String> now = some(random, GROUPS);
                told.put(node.hostId(), now);
                node.groups(now);
            }
            default -> {
                if (random.nextInt(10) == 0) {
                    restart();
                }
            }
        }
    }

    /** What hosts told is remembered; scripts ask again what they had asked. */
    private void restart() throws Exception {
        hosts.close();
        nodes.store(0);
        nodes.close();
        nodes = NodeRegistry.open(folder.resolve("hosts.db"));
        hosts = newHosts();
        joins.forEach(join -> hosts.join(subnet(join.range), join.group));
        asked.forEach(ask -> hosts.subscribe(ask.query, ask.target));
    }

    private static Set<String> some(Random random, String[] all) {
        Set<String> some = new LinkedHashSet<>();
        for (String each : all) {
            if (random.nextInt(3) == 0) {
                some.add(each);
            }
        }
        return some;
    }

    private static HostQuery query(int number) {
        return new HostQuery("event" + number, "SELECT " + number, UpdateType.ADD, 10, "cookie", "");
    }

    private static QueryTarget target(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new QueryTarget.Everyone();
            case 1 -> new QueryTarget.OneHost("host" + random.nextInt(HOSTS));
            default -> new QueryTarget.Group(GROUPS[random.nextInt(GROUPS.length)]);
        };
    }

    private Set<String> groups(String host) {
        Set<String> groups = new HashSet<>(told.getOrDefault(host, Set.of()));
        for (Join join : joins) {
            for (String address : addresses.getOrDefault(host, Set.of())) {
                if (subnet(join.range).contains(Objects.requireNonNull(Addr.parse(address)))) {
                    groups.add(join.group);
                }
            }
        }
        return groups;
    }

    private Set<String> implied(String host) {
        Set<String> groups = groups(host);
        Set<String> sql = new TreeSet<>();
        for (Asked ask : asked) {
            boolean meant = switch (ask.target) {
                case QueryTarget.Everyone everyone -> true;
                case QueryTarget.OneHost one -> one.hostId().equals(host);
                case QueryTarget.Group group -> groups.contains(group.name());
            };
            if (meant) {
                sql.add(ask.query.sql());
            }
        }
        return sql;
    }

    private static Subnet subnet(String text) {
        int slash = text.indexOf('/');
        return new Subnet(
                Objects.requireNonNull(Addr.parse(text.substring(0, slash))),
                Integer.parseInt(text.substring(slash + 1)));
    }
}
