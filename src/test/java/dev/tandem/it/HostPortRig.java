package dev.tandem.it;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.host.UpdateType;
import dev.tandem.hostprotocol.live.HostSettings;
import dev.tandem.hostprotocol.live.LiveHosts;
import dev.tandem.hostprotocol.pack.Decorators;
import dev.tandem.hostprotocol.pack.PackFile;
import dev.tandem.it.SimulatedHost.Habits;
import dev.tandem.it.SimulatedHost.Totals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The port of the hosts in this process, with the test for an engine: it polls while it waits. */
final class HostPortRig implements AutoCloseable {
    static final String SECRET = "open sesame";

    final List<HostEvent> events = new ArrayList<>();
    final LiveHosts hosts = new LiveHosts();
    final Path state;
    final AgentNetwork network;
    private @Nullable AgentNetwork other;

    HostPortRig(Path state) throws IOException {
        this(settings(state, Set.of(SECRET), null, false, 300));
    }

    /** With packs and decorators. */
    static HostPortRig withPacks(Path state, List<PackFile> packs, Decorators decorators) throws IOException {
        return new HostPortRig(settings(state, Set.of(SECRET), null, false, 300, packs, decorators));
    }

    HostPortRig(HostSettings settings) throws IOException {
        state = settings.stateDir();
        hosts.open(settings, 0, note -> {});
        poll();
        network = new AgentNetwork(hosts.address(), state.resolve("tls/ca.pem"));
    }

    static HostSettings settings(
            Path state, Set<String> secrets, @Nullable Path clientAuthority, boolean prefixes, double timeout)
            throws IOException {
        return settings(state, secrets, clientAuthority, prefixes, timeout, List.of(), Decorators.NONE);
    }

    private static HostSettings settings(
            Path state,
            Set<String> secrets,
            @Nullable Path clientAuthority,
            boolean prefixes,
            double timeout,
            List<PackFile> packs,
            Decorators decorators)
            throws IOException {
        return new HostSettings(
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0),
                state,
                secrets,
                null,
                null,
                null,
                clientAuthority,
                prefixes,
                Map.of(),
                packs,
                decorators,
                timeout,
                1 << 20);
    }

    /** Another network to the same port. */
    AgentNetwork network(String... protocols) throws IOException {
        other = new AgentNetwork(hosts.address(), state.resolve("tls/ca.pem"), protocols);
        return other;
    }

    SimulatedHost host(String id) {
        return host(id, "i-" + id, SECRET, new Habits());
    }

    SimulatedHost host(String id, String instance, String secret, Habits habits) {
        return new SimulatedHost(network, id, instance, secret, habits, new Totals());
    }

    static HostQuery query(String event, String sql, UpdateType updates) {
        return new HostQuery(event, sql, updates, 10, "", "");
    }

    /** Subscribes every host and returns the query's name in the schedule of one. */
    String subscribe(SimulatedHost host, HostQuery query) {
        hosts.subscribe(query, new QueryTarget.Everyone());
        poll();
        await(host.fetchConfig());
        for (var names = host.schedule().fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.startsWith("tandem/" + query.event() + "/")) {
                return name;
            }
        }
        throw new AssertionError(host.schedule().toString());
    }

    void poll() {
        hosts.poll(0, events::add);
    }

    /** The result of a request, while the engine goes on. */
    <T> T await(CompletableFuture<T> running) {
        until(running::isDone);
        try {
            return running.get(1, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    void until(BooleanSupplier done) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in time; so far: " + events);
            }
            poll();
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        poll();
    }

    /** Rows so far, each as its update type and its values. */
    List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (HostEvent event : List.copyOf(events)) {
            if (event instanceof HostEvent.Row row) {
                rows.add(row.update() + " " + row.values());
            }
        }
        return rows;
    }

    List<String> awaitRows(int count) {
        until(() -> rows().size() >= count);
        return rows();
    }

    <T extends HostEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void close() {
        network.close();
        if (other != null) {
            other.close();
        }
        hosts.close();
    }
}
