package dev.tandem.core.analyzer;

import dev.tandem.core.event.EventType;
import dev.tandem.core.value.Port;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kind of protocol analyzer: its name, its events, how to make one. One per protocol and engine; engine thread.
 */
public final class AnalyzerTag {
    /** What script constants of protocol analyzers begin with. */
    public static final String PREFIX = "Analyzer::ANALYZER_";

    /** Makes an analyzer of one connection. */
    @FunctionalInterface
    public interface Factory {
        Analyzer create(AnalyzerContext context);
    }

    private static final Logger LOG = LoggerFactory.getLogger(AnalyzerTag.class);

    private final String name;
    private final Port.Proto transport;
    private final List<EventType> events;
    private final @Nullable ProtocolDetector detector;
    private final Factory factory;
    private boolean enabled = true;
    private boolean hasFailed;

    /**
     * @param name as it stands in conn.log's service column before that is made small
     * @param events of which at least one must be wanted for the analyzer to be attached
     * @param detector null when only ports and scripts attach it
     */
    public AnalyzerTag(
            String name,
            Port.Proto transport,
            List<EventType> events,
            @Nullable ProtocolDetector detector,
            Factory factory) {
        this.name = name;
        this.transport = transport;
        this.events = List.copyOf(events);
        this.detector = detector;
        this.factory = factory;
    }

    public String name() {
        return name;
    }

    /** The script constant. */
    public String scriptName() {
        return PREFIX + name;
    }

    Port.Proto transport() {
        return transport;
    }

    @Nullable
    ProtocolDetector detector() {
        return detector;
    }

    Analyzer create(AnalyzerContext context) {
        return factory.create(context);
    }

    public boolean isEnabled() {
        return enabled;
    }

    /** Says whether connections that begin from now on may get one. */
    public void enabled(boolean on) {
        enabled = on;
    }

    /** Whether anybody would hear of what such an analyzer finds. */
    public boolean isWanted() {
        if (enabled) {
            for (int i = 0; i < events.size(); i++) {
                if (events.get(i).wanted()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** An analyzer of this kind has a fault; where, is logged the first time. */
    void failed(Throwable fault) {
        if (!hasFailed) {
            hasFailed = true;
            LOG.warn(
                    "fault in the analyzer {}; it is left out of that connection, and later ones only get a weird",
                    name,
                    fault);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
