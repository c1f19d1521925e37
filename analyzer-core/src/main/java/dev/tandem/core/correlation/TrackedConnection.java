package dev.tandem.core.correlation;

import dev.tandem.core.record.ConnectionRecord;
import java.util.ArrayList;
import java.util.List;

/** A connection, and its ends at the hosts that own its addresses. */
final class TrackedConnection {
    /** One end at one host; an address may be that of several hosts. */
    record End(HostCorrelation host, Flow flow) {}

    final ConnectionRecord record;
    final double start;
    final List<End> originator = new ArrayList<>(1);
    final List<End> responder = new ArrayList<>(1);
    boolean isEnded;
    boolean isWaiting;
    boolean isAnswered;

    TrackedConnection(ConnectionRecord record) {
        this.record = record;
        this.start = record.startTime;
    }

    List<End> ends(boolean isOriginator) {
        return isOriginator ? originator : responder;
    }

    boolean isAt(HostCorrelation host, boolean isOriginator) {
        for (End e : ends(isOriginator)) {
            if (e.host == host) {
                return true;
            }
        }
        return false;
    }

    boolean isMonitored() {
        return !originator.isEmpty() || !responder.isEmpty();
    }
}
