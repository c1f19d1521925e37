package dev.tandem.daemon.handler;

import dev.tandem.core.engine.EngineMetrics;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The counters of all engines of the process. Any thread.
 *
 * @param shards those that share packets, when several do; else empty
 */
public record ProcessMetrics(List<EngineMetrics> engines, List<Shard> shards) {
    /** An engine by its name. */
    public record Shard(String name, EngineMetrics metrics) {}

    public long sum(ToLongFunction<EngineMetrics> counter) {
        return engines.stream().mapToLong(counter).sum();
    }
}
