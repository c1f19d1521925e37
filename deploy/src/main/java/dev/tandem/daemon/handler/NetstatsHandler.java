package dev.tandem.daemon.handler;

import dev.tandem.control.socket.ControlCall;
import dev.tandem.control.socket.ControlException;
import dev.tandem.control.socket.ControlHandler;
import dev.tandem.core.engine.EngineMetrics;

/** {@code netstats}: packets taken, lost, and seen at the interface. Counters, so it answers whatever the engine does. */
public final class NetstatsHandler implements ControlHandler {
    private final EngineMetrics metrics;

    public NetstatsHandler(EngineMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "netstats";
    }

    @Override
    public void handle(ControlCall call) throws ControlException {
        call.row(ControlCall.newRow()
                .put("ts", System.currentTimeMillis() / 1000.0)
                .put("recvd", metrics.packets())
                .put("dropped", metrics.dropped())
                .put("link", metrics.received()));
    }
}
