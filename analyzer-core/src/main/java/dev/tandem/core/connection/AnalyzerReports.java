package dev.tandem.core.connection;

import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;

/** Tells scripts that a packet analyzer knows its protocol in a connection, or that it is another one after all. */
final class AnalyzerReports {
    private static final String TAGS = "PacketAnalyzer::ANALYZER_";

    private final ConnectionTracker tracker;
    private final EventType confirmation;
    private final EventType violation;

    AnalyzerReports(ConnectionTracker tracker, EventRegistry events) {
        this.tracker = tracker;
        confirmation = events.event("analyzer_confirmation_info");
        violation = events.event("analyzer_violation_info");
    }

    /** @param analyzer its tag without what they all begin with */
    void confirmed(Connection c, String analyzer) {
        if (confirmation.wanted()) {
            RecordValue info = tracker.records().record("AnalyzerConfirmationInfo");
            info.set(0, c.record());
            tracker.queue().add(confirmation, tracker.records().enumValue(TAGS + analyzer), info);
        }
    }

    /** @param from where the offending bytes begin; equal to {@code end} when there are none to show */
    void violated(Connection c, String analyzer, String reason, byte[] data, int from, int end) {
        if (violation.wanted()) {
            RecordValue info = tracker.records().record("AnalyzerViolationInfo");
            info.set(0, Bytes.of(reason));
            info.set(1, c.record());
            if (end > from) {
                info.set(4, Bytes.copyOf(data, from, end));
            }
            tracker.queue().add(violation, tracker.records().enumValue(TAGS + analyzer), info);
        }
    }
}
