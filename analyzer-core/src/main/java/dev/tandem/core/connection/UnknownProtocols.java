package dev.tandem.core.connection;

import dev.tandem.core.engine.EngineSettings;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.value.Bytes;
import java.util.HashMap;
import java.util.Map;

/** Reports, at a sampled rate, protocols that no decoder knows (zeek {@code src/packet_analysis/Manager.cc}). */
final class UnknownProtocols {
    /** Beyond that many pairs, a flood of made-up numbers, no new ones are counted or reported. */
    private static final int MOST = 10_000;

    private record Kind(String decoder, long protocol) {}

    private static final class Count {
        long value;
        double until;
    }

    private final ConnectionTracker tracker;
    private final EventType event;
    private final Map<Kind, Count> counts = new HashMap<>();

    UnknownProtocols(ConnectionTracker tracker, EventRegistry events) {
        this.tracker = tracker;
        event = events.event("unknown_protocol");
    }

    /** Whether anybody hears of it. */
    boolean isWanted() {
        return event.wanted();
    }

    void report(DecodedPacket p, String decoder, long protocol) {
        if (!event.wanted() || !permitted(new Kind(decoder, protocol))) {
            return;
        }
        EngineSettings settings = tracker.settings();
        int bytes = Math.min(settings.unknownProtocolFirstBytes, Math.max(0, p.remaining()));
        Object history = tracker.records().vector("string_vec");
        for (int i = 0; i < p.layers(); i++) {
            tracker.records().append(history, Bytes.of(p.layer(i)));
        }
        tracker.queue().add(event, Bytes.of(decoder), protocol, Bytes.copyOf(p.data, p.at, p.at + bytes), history);
    }

    private boolean permitted(Kind kind) {
        EngineSettings settings = tracker.settings();
        Count count = counts.get(kind);
        double now = tracker.time().now();
        if (count == null) {
            if (counts.size() >= MOST) {
                return false;
            }
            count = new Count();
            counts.put(kind, count);
        }
        if (count.value == 0 || now >= count.until) {
            count.value = 0;
            count.until = now + settings.unknownProtocolDuration;
        }
        count.value++;
        if (count.value < settings.unknownProtocolThreshold) {
            return true;
        }
        long above = count.value - settings.unknownProtocolThreshold;
        return settings.unknownProtocolRate > 0 && above % settings.unknownProtocolRate == 0;
    }
}
