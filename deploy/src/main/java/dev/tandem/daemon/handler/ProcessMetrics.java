package dev.tandem.daemon.handler;

import dev.tandem.core.engine.EngineMetrics;
import java.util.List;
import java.util.function.ToLongFunction;

/** The counters of all engines of the process. Any thread. */
public record ProcessMetrics(List<EngineMetrics> engines) {
    long sum(ToLongFunction<EngineMetrics> counter) {
        return engines.stream().mapToLong(counter).sum();
    }
}
