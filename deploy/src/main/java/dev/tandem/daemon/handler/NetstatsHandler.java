package dev.tandem.daemon.handler;

import dev.tandem.control.socket.ControlCall;
import dev.tandem.control.socket.ControlException;
import dev.tandem.control.socket.ControlHandler;
import dev.tandem.core.engine.EngineMetrics;

/** {@code netstats}: packets taken, lost, and seen at the interface: of the process, then of each engine
 * when several share them. Counters, so it answers whatever the engine does. */
public final class NetstatsHandler implements ControlHandler {
    private final ProcessMetrics engines;

    /** @param engines whose counters are told together */
    public NetstatsHandler(ProcessMetrics engines) {
        this.engines = engines;
    }

    @Override
    public String name() {
        return "netstats";
    }

    @Override
    public void handle(ControlCall call) throws ControlException {
        double now = System.currentTimeMillis() / 1000.0;
        call.row(ControlCall.newRow()
                .put("ts", now)
                .put("recvd", engines.sum(EngineMetrics::packets))
                .put("dropped", engines.sum(EngineMetrics::dropped))
                .put("link", engines.sum(EngineMetrics::received)));
        for (ProcessMetrics.Shard each : engines.shards()) {
            EngineMetrics metrics = each.metrics();
            call.row(ControlCall.newRow()
                    .put("engine", each.name())
                    .put("ts", now)
                    .put("recvd", metrics.packets())
                    .put("dropped", metrics.dropped())
                    .put("link", metrics.received()));
        }
    }
}
