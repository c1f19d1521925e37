package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.it.SimulatedHost.Habits;
import dev.tandem.it.SimulatedHost.Totals;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With an authority for hosts, nobody without a certificate of it gets as far as a request. */
class MutualTlsIT {
    private static final Duration GOOD = Duration.ofDays(1);

    @TempDir
    Path state;

    private ClientAuthority authority;
    private Path file;

    @BeforeEach
    void make() throws Exception {
        authority = new ClientAuthority("hosts");
        file = authority.writeTo(state.resolve("hosts.pem"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void onlyCertificatesOfTheAuthorityAreLetIn(String protocol) throws Exception {
        try (HostPortRig rig =
                new HostPortRig(HostPortRig.settings(state, Set.of(HostPortRig.SECRET), file, false, 300))) {
            Path server = state.resolve("tls/ca.pem");
            try (AgentNetwork good = network(rig, authority.client(server, GOOD, protocol))) {
                rig.await(host(good).fetchConfig());
            }
            try (AgentNetwork none = rig.network(protocol)) {
                assertRefused(rig, none);
            }
            // Of the same name, and with another key.
            try (AgentNetwork other = network(rig, new ClientAuthority("hosts").client(server, GOOD, protocol))) {
                assertRefused(rig, other);
            }
            try (AgentNetwork late = network(rig, authority.client(server, Duration.ofDays(-1), protocol))) {
                assertRefused(rig, late);
            }
            assertEquals(
                    1,
                    rig.events(dev.tandem.core.host.HostEvent.Connected.class).size());
        }
    }

    @Test
    void theCommandLineNamesTheAuthority() throws Exception {
        try (HostDaemon daemon = HostDaemon.start(state, "--tls-client-ca", "hosts.pem")) {
            try (AgentNetwork none = daemon.network()) {
                ExecutionException e = assertThrows(
                        ExecutionException.class,
                        () -> new SimulatedHost(none, "h", "i", daemon.secret(), new Habits(), new Totals())
                                .fetchConfig()
                                .get(30, TimeUnit.SECONDS));
                assertTrue(isOfConnection(e), e::toString);
            }
            Path server = state.resolve("state/tls/ca.pem");
            try (AgentNetwork plain = daemon.network();
                    AgentNetwork good =
                            new AgentNetwork(plain.server, authority.client(server, GOOD, "TLSv1.3", "TLSv1.2"))) {
                new SimulatedHost(good, "h", "i", daemon.secret(), new Habits(), new Totals())
                        .fetchConfig()
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static AgentNetwork network(HostPortRig rig, SslContext tls) {
        return new AgentNetwork(rig.hosts.address(), tls);
    }

    private static SimulatedHost host(AgentNetwork network) {
        return new SimulatedHost(network, "h", "i", HostPortRig.SECRET, new Habits(), new Totals());
    }

    private static void assertRefused(HostPortRig rig, AgentNetwork network) {
        AssertionError e =
                assertThrows(AssertionError.class, () -> rig.await(host(network).fetchConfig()));
        assertTrue(isOfConnection(e), e::toString);
    }

    /** And not what the server answered to a request. */
    private static boolean isOfConnection(Throwable e) {
        return String.valueOf(e.getCause())
                .matches("(?s).*(connection closed|SSL|handshake|certificate|Received fatal).*");
    }
}
