package dev.tandem.daemon;

import dev.tandem.control.socket.ControlHandler;
import dev.tandem.control.socket.EngineTasks;
import dev.tandem.core.engine.EngineMetrics;
import dev.tandem.core.host.HostQueries;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.value.Bytes;
import dev.tandem.daemon.handler.FlagsHandler;
import dev.tandem.daemon.handler.HostAccessHandler;
import dev.tandem.daemon.handler.HostsHandler;
import dev.tandem.daemon.handler.OperatorQueries;
import dev.tandem.daemon.handler.ProcessMetrics;
import dev.tandem.daemon.handler.QueryHandler;
import dev.tandem.hostprotocol.live.LiveHosts;
import dev.tandem.hostprotocol.pubsub.PubSubEndpoint;
import dev.tandem.hostprotocol.server.MetricsHandler;
import dev.tandem.script.broker.ScriptBackbone;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What operators are told of the hosts and may ask them: commands of the control socket, and figures at {@code /metrics}. */
final class HostOperators {
    private final LiveHosts hosts;
    private final OperatorQueries queries;
    private final ScriptContext scripts;
    private volatile @Nullable String flags;

    /** @param results where answers go that operators do not wait for */
    HostOperators(LiveHosts hosts, HostQueries.Sink results, ScriptContext scripts) {
        this.hosts = hosts;
        this.scripts = scripts;
        queries = new OperatorQueries(results);
    }

    /** Where hosts' answers go first. */
    HostQueries.Sink sink() {
        return queries;
    }

    List<ControlHandler> handlers(EngineTasks engine) {
        return List.of(
                new HostsHandler(engine, hosts::reports),
                new HostAccessHandler(engine, new HostAccessHandler.Access() {
                    @Override
                    public boolean isOpen() {
                        return hosts.isOpen();
                    }

                    @Override
                    public boolean knows(String hostId) {
                        return hosts.reports().stream()
                                .anyMatch(report -> report.hostId().equals(hostId));
                    }

                    @Override
                    public void revoke(String hostId) {
                        hosts.revoke(hostId);
                    }

                    @Override
                    public void permit(String hostId) {
                        hosts.permit(hostId);
                    }
                }),
                new QueryHandler(engine, queries, new QueryHandler.Asker() {
                    @Override
                    public List<String> present(QueryTarget target) {
                        return hosts.present(target);
                    }

                    @Override
                    public void ask(HostQuery query, QueryTarget target, String user) {
                        tellScripts(query.sql(), target, user);
                        hosts.execute(query, target);
                    }
                }),
                new FlagsHandler(() -> flags));
    }

    /** For the log of queries. */
    private void tellScripts(String sql, QueryTarget target, String user) {
        if (scripts.global("osquery::operator_asked") instanceof FuncValue event) {
            String host = target instanceof QueryTarget.OneHost one ? one.hostId() : "";
            String group = target instanceof QueryTarget.Group g ? g.name() : "";
            scripts.raise(event, Bytes.of(user), Bytes.of(sql), Bytes.of(host), Bytes.of(group));
        }
    }

    /** The port is open: what hosts need to know of it can be told. */
    void opened(HostPortOptions port) {
        String host = hosts.address().getAddress().isAnyLocalAddress()
                ? "localhost"
                : hosts.address().getHostString();
        Path state = port.settings().stateDir();
        Path secret = port.settings().secretFile();
        Path certificate = port.settings().certificate();
        Path authority = certificate != null ? certificate : state.resolve("tls/ca.pem");
        flags = flagfile(
                host + ":" + hosts.address().getPort(),
                (secret != null ? secret : state.resolve("enroll.secret")).toAbsolutePath(),
                authority.toAbsolutePath());
    }

    /** The same that docs/hosts.md explains. */
    private static String flagfile(String server, Path secret, Path authority) {
        return """
            # Of this machine's Tandem: copy the secret and the certificate to the host, and name them here as they are there.
            """ + AgentFlags.of(server, authority.toString(), secret.toString());
    }

    /**
     * Figures by the names that Prometheus sees. Any thread.
     *
     * @param engines of the process, when all are there
     */
    MetricsHandler metrics(Supplier<ProcessMetrics> engines, ScriptBackbone backbone, PubSubEndpoint clients) {
        return new MetricsHandler(() -> {
            Map<String, Double> all = new HashMap<>();
            Map<String, Long> figures = hosts.figures();
            figures.forEach((name, value) -> {
                boolean isGauge = name.equals("bytes_queued") || name.startsWith("hosts_");
                all.put("tandem_" + name + (isGauge ? "" : "_total"), value.doubleValue());
            });
            ProcessMetrics process = engines.get();
            all.put("tandem_packets_total", (double) process.sum(EngineMetrics::packets));
            all.put("tandem_packets_dropped_total", (double) process.sum(EngineMetrics::dropped));
            all.put("tandem_events_total", (double) process.sum(EngineMetrics::events));
            all.put("tandem_pubsub_clients", (double) clients.clients());
            all.put("tandem_pubsub_events_lost_total", (double) backbone.lostEvents());
            return all;
        });
    }
}
