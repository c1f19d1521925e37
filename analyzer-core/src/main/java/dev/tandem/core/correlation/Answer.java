package dev.tandem.core.correlation;

import java.util.List;

/**
 * What was said of an end: enough to see whether something else is to be said now.
 *
 * @param host of the first candidate; empty when there was none
 * @param pid of the first candidate when it was sure enough; else -1
 * @param user of that candidate
 */
record Answer(String host, int pid, String user, double confidence) {
    static Answer of(List<Candidate> candidates, double least) {
        if (candidates.isEmpty()) {
            return new Answer("", -1, "", 0);
        }
        Candidate first = candidates.get(0);
        return first.confidence() >= least
                ? new Answer(first.host(), first.pid(), first.user(), first.confidence())
                : new Answer(first.host(), -1, "", first.confidence());
    }

    /** Whether nothing that may still come would add to it. */
    boolean isWhole() {
        return pid >= 0 && !user.isEmpty();
    }

    boolean saysSameAs(Answer other) {
        return host.equals(other.host) && pid == other.pid && user.equals(other.user);
    }
}
