package dev.tandem.hostprotocol.remote;

import dev.tandem.hostprotocol.enroll.EnrollSecrets;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import dev.tandem.hostprotocol.server.RequestRouter;
import java.util.List;

/**
 * The API under the paths that hosts may have in their flags: Fleet's, which are what our own flagfile says, those of its
 * older versions, and Doorman's.
 */
public final class OsqueryApi {
    private static final List<String> PREFIXES = List.of("/api/osquery", "/api/v1/osquery", "");

    private OsqueryApi() {}

    public static void route(
            RequestRouter router,
            Reception reception,
            NodeRegistry nodes,
            EnrollSecrets secrets,
            AgentConfig config,
            CarveStore carves) {
        EnrollHandler enroll = new EnrollHandler(reception, nodes, secrets);
        NodeGate gate = new NodeGate(reception, nodes);
        LogHandler log = new LogHandler(reception, gate);
        DistributedReadHandler read = new DistributedReadHandler(reception, gate);
        DistributedWriteHandler write = new DistributedWriteHandler(reception, gate);
        CarveStartHandler start = new CarveStartHandler(gate, carves);
        CarveBlockHandler block = new CarveBlockHandler(carves);
        for (String prefix : PREFIXES) {
            router.route(prefix + "/enroll", enroll)
                    .route(prefix + "/config", new ConfigHandler(reception, gate, config, prefix))
                    .route(prefix + "/log", log)
                    .route(prefix + "/distributed/read", read)
                    .route(prefix + "/distributed/write", write)
                    .route(prefix + "/carve/begin", start)
                    .route(prefix + "/carve/block", block);
        }
    }
}
