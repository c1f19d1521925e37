package dev.tandem.daemon.handler;

import dev.tandem.control.socket.ControlCall;
import dev.tandem.control.socket.ControlException;
import dev.tandem.control.socket.ControlHandler;
import dev.tandem.core.engine.EngineMetrics;
import java.util.function.Supplier;

/** {@code status}: how the daemon is. Answers whatever the engine does. */
public final class StatusHandler implements ControlHandler {
    private final String version;
    private final Supplier<String> phase;
    private final ProcessMetrics engines;
    private final long started = System.currentTimeMillis();

    /**
     * @param phase of the run, as the status file words it
     * @param engines whose counters are told together
     */
    public StatusHandler(String version, Supplier<String> phase, ProcessMetrics engines) {
        this.version = version;
        this.phase = phase;
        this.engines = engines;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public void handle(ControlCall call) throws ControlException {
        call.row(ControlCall.newRow()
                .put("status", phase.get())
                .put("pid", ProcessHandle.current().pid())
                .put("started", started / 1000.0)
                .put("version", version)
                .put("packets", engines.sum(EngineMetrics::packets))
                .put("bytes", engines.sum(EngineMetrics::bytes))
                .put("dropped", engines.sum(EngineMetrics::dropped))
                .put("events", engines.sum(EngineMetrics::events))
                .put("connections", engines.sum(EngineMetrics::connections))
                .put("live_connections", engines.sum(EngineMetrics::liveConnections)));
    }
}
