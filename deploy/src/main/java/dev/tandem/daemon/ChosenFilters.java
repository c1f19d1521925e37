package dev.tandem.daemon;

import dev.tandem.capture.CaptureException;
import dev.tandem.capture.CaptureFilter;
import dev.tandem.core.engine.AnalysisEngine;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.script.bif.CaptureFilters;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Capture filters that scripts choose, applied packet by packet as the engine takes them: so a filter holds from the packet
 * after the one whose event installed it. Engine thread.
 */
final class ChosenFilters implements CaptureFilters {
    /** What everything passes: not worth asking libpcap. */
    private static final Set<String> EVERYTHING = Set.of("", "ip or not ip");

    private final @Nullable String sourceFilter;
    private final Map<Long, Optional<CaptureFilter>> compiled = new HashMap<>();
    private @Nullable AnalysisEngine engine;
    private @Nullable CaptureFilter installed;

    /** @param sourceFilter what the sources apply themselves (-f); null for nothing */
    ChosenFilters(@Nullable String sourceFilter) {
        this.sourceFilter = sourceFilter;
    }

    void attach(AnalysisEngine newEngine) {
        engine = newEngine;
    }

    @Override
    public void compile(long id, String expression) throws IOException {
        compiled.remove(id);
        boolean free = EVERYTHING.contains(expression) || expression.equals(sourceFilter);
        compiled.put(id, free ? Optional.empty() : Optional.of(CaptureFilter.compile(expression)));
    }

    @Override
    public boolean install(long id) {
        Optional<CaptureFilter> filter = compiled.get(id);
        if (filter == null) {
            return false;
        }
        installed = filter.orElse(null);
        if (engine != null) {
            engine.accept(installed == null ? null : this::accepts);
        }
        return true;
    }

    private boolean accepts(PacketBatch batch, int packet) {
        CaptureFilter filter = installed;
        try {
            return filter == null || filter.accepts(batch, packet);
        } catch (CaptureException e) {
            // An expression that makes no sense for a link type accepts nothing from there.
            return false;
        }
    }
}
