package dev.tandem.daemon.handler;

import dev.tandem.control.socket.ControlCall;
import dev.tandem.control.socket.ControlException;
import dev.tandem.control.socket.ControlHandler;
import dev.tandem.core.engine.EngineMetrics;
import java.util.List;
import java.util.function.ToLongFunction;

/** {@code netstats}: packets taken, lost, and seen at the interface. Counters, so it answers whatever the engine does. */
public final class NetstatsHandler implements ControlHandler {
    private final List<EngineMetrics> engines;

    /** @param engines of the process; their counters are added up */
    public NetstatsHandler(List<EngineMetrics> engines) {
        this.engines = engines;
    }

    @Override
    public String name() {
        return "netstats";
    }

    @Override
    public void handle(ControlCall call) throws ControlException {
        call.row(ControlCall.newRow()
                .put("ts", System.currentTimeMillis() / 1000.0)
                .put("recvd", sum(EngineMetrics::packets))
                .put("dropped", sum(EngineMetrics::dropped))
                .put("link", sum(EngineMetrics::received)));
    }

    private long sum(ToLongFunction<EngineMetrics> counter) {
        return engines.stream().mapToLong(counter).sum();
    }
}
