package dev.tandem.core.correlation;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connections of which something may yet be said: those with an end at a host, and those whose hosts may yet be heard of. Of
 * too many, those that came first are forgotten.
 */
final class RememberedConnections {
    private final Map<Bytes, TrackedConnection> monitored = new LinkedHashMap<>();
    private final Map<Bytes, TrackedConnection> unclaimed = new LinkedHashMap<>();
    private long forgotten;

    /** One with an end at a host; null when there is none. */
    @Nullable
    TrackedConnection monitored(Bytes uid) {
        return monitored.get(uid);
    }

    /** One that no host has claimed yet; null when there is none. */
    @Nullable
    TrackedConnection unclaimed(Bytes uid) {
        return unclaimed.get(uid);
    }

    /** Those of them whose answer is waited for. */
    List<TrackedConnection> unclaimedThatWait() {
        return unclaimed.values().stream().filter(t -> t.isWaiting).toList();
    }

    void put(TrackedConnection t) {
        if (t.isMonitored()) {
            unclaimed.remove(t.record.uid);
            monitored.put(t.record.uid, t);
            if (monitored.size() > CorrelationLimits.MOST_CONNECTIONS) {
                removeEldest(monitored).release();
                forgotten++;
            }
        } else {
            unclaimed.put(t.record.uid, t);
            if (unclaimed.size() > CorrelationLimits.MOST_UNCLAIMED) {
                removeEldest(unclaimed);
            }
        }
    }

    private static TrackedConnection removeEldest(Map<Bytes, TrackedConnection> map) {
        Iterator<TrackedConnection> eldest = map.values().iterator();
        TrackedConnection old = eldest.next();
        eldest.remove();
        return old;
    }

    void remove(TrackedConnection t) {
        monitored.remove(t.record.uid);
    }

    /** Those that have the address at either end. */
    List<TrackedConnection> at(Addr a) {
        List<TrackedConnection> found = new ArrayList<>();
        for (Map<Bytes, TrackedConnection> map : List.of(unclaimed, monitored)) {
            for (TrackedConnection t : map.values()) {
                if (t.hasAddress(a)) {
                    found.add(t);
                }
            }
        }
        return found;
    }

    /** Forgets what ended before a time of our clock. */
    void expire(double before) {
        monitored.values().removeIf(t -> {
            boolean isOld = t.isAnswered && t.start + t.record.duration < before;
            if (isOld) {
                t.letGo();
            }
            return isOld;
        });
        unclaimed.values().removeIf(t -> t.start + t.record.duration < before);
    }

    /** How many wait for their answer. */
    long waiting() {
        long n = 0;
        for (Map<Bytes, TrackedConnection> map : List.of(unclaimed, monitored)) {
            n += map.values().stream().filter(t -> t.isWaiting).count();
        }
        return n;
    }

    int size() {
        return monitored.size();
    }

    /** How many with an end at a host were forgotten for want of room. */
    long forgotten() {
        return forgotten;
    }
}
