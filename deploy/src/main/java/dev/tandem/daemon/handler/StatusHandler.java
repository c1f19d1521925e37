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
    private final EngineMetrics metrics;
    private final long started = System.currentTimeMillis();

    /** @param phase of the run, as the status file words it */
    public StatusHandler(String version, Supplier<String> phase, EngineMetrics metrics) {
        this.version = version;
        this.phase = phase;
        this.metrics = metrics;
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
                .put("packets", metrics.packets())
                .put("bytes", metrics.bytes())
                .put("dropped", metrics.dropped())
                .put("events", metrics.events())
                .put("connections", metrics.connections())
                .put("live_connections", metrics.liveConnections()));
    }
}
