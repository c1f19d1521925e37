package dev.tandem.daemon.handler;

import dev.tandem.control.socket.ControlCall;
import dev.tandem.control.socket.ControlException;
import dev.tandem.control.socket.ControlHandler;
import dev.tandem.core.engine.EngineMetrics;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** {@code status}: how the daemon is. Answers whatever the engine does. */
public final class StatusHandler implements ControlHandler {
    private final String version;
    private final Supplier<String> phase;
    private final List<EngineMetrics> engines;
    private final long started = System.currentTimeMillis();

    /**
     * @param phase of the run, as the status file words it
     * @param engines of the process; their counters are added up
     */
    public StatusHandler(String version, Supplier<String> phase, List<EngineMetrics> engines) {
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
                .put("packets", sum(EngineMetrics::packets))
                .put("bytes", sum(EngineMetrics::bytes))
                .put("dropped", sum(EngineMetrics::dropped))
                .put("events", sum(EngineMetrics::events))
                .put("connections", sum(EngineMetrics::connections))
                .put("live_connections", sum(EngineMetrics::liveConnections)));
    }

    private long sum(ToLongFunction<EngineMetrics> counter) {
        return engines.stream().mapToLong(counter).sum();
    }
}
