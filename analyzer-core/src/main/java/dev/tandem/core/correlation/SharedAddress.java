package dev.tandem.core.correlation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Hosts that have the same address: the one whose processes explain the connection is likelier. */
final class SharedAddress {
    private static final double UNEXPLAINED = 0.05;

    private SharedAddress() {}

    static List<Candidate> candidates(List<TrackedConnection.End> ends) {
        List<Candidate> all = new ArrayList<>();
        double sum = 0;
        for (TrackedConnection.End e : ends) {
            for (Candidate c : e.host().candidates(e.flow())) {
                sum += weight(c);
                all.add(c);
            }
        }
        for (int i = 0; i < all.size(); i++) {
            Candidate c = all.get(i);
            double most = c.pid() < 0 ? 1 : c.confidence();
            all.set(i, c.withConfidence(Math.min(most, weight(c) / sum)));
        }
        all.sort(Comparator.comparingDouble(Candidate::confidence).reversed());
        return all;
    }

    private static double weight(Candidate c) {
        return c.pid() < 0 ? UNEXPLAINED : c.confidence();
    }
}
