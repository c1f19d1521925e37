package dev.tandem.core.correlation;

import dev.tandem.core.correlation.Candidate.Method;
import dev.tandem.core.host.Host;
import dev.tandem.core.host.ProcessInfo;
import dev.tandem.core.host.SocketCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Collects candidates of one end at one host: the same process by several ways is one, and likelier for it. */
final class CandidateList {
    private static final double NEGLIGIBLE = 0.01;

    private final Host host;
    private final List<Candidate> all = new ArrayList<>(2);
    private double left = 1;

    CandidateList(Host host) {
        this.host = host;
    }

    /** What is not given to any candidate yet. */
    double left() {
        return left;
    }

    void add(SocketCall call, Method method, double confidence) {
        ProcessInfo p = host.processes().at(call.pid, call.stamp, call.path, call.auid);
        add(call.pid, call.path, call.auid, p, method, confidence);
    }

    /** @param hostTime when it is known to have had the socket */
    void add(int pid, double hostTime, Method method, double confidence) {
        add(pid, "", -1, host.processes().at(pid, hostTime, "", -1), method, confidence);
    }

    private void add(int pid, String path, long auid, @Nullable ProcessInfo p, Method method, double confidence) {
        left = Math.max(0, left - confidence);
        for (int i = 0; i < all.size(); i++) {
            Candidate c = all.get(i);
            if (c.pid() == pid && Objects.equals(c.process(), p)) {
                all.set(
                        i,
                        new Candidate(
                                c.host(),
                                pid,
                                c.path(),
                                p,
                                c.uid(),
                                c.user(),
                                c.method().compareTo(method) <= 0 ? c.method() : method,
                                Math.min(1, c.confidence() + confidence)));
                return;
            }
        }
        long uid = p != null && p.uid() >= 0 ? p.uid() : auid >= 0 && auid != ProcessInfo.NOBODY ? auid : -1;
        String program = path.isEmpty() && p != null ? p.path() : path;
        all.add(new Candidate(
                host.id(), pid, program, p, uid, uid < 0 ? "" : host.userName(uid), method, Math.min(1, confidence)));
    }

    /** Gives those of whom no user is known the one that others tell of; -1 is none. */
    void lendUser(ToLongFunction<Candidate> user) {
        for (int i = 0; i < all.size(); i++) {
            Candidate c = all.get(i);
            long uid = c.uid() < 0 ? user.applyAsLong(c) : -1;
            if (uid >= 0) {
                all.set(
                        i,
                        new Candidate(
                                c.host(),
                                c.pid(),
                                c.path(),
                                c.process(),
                                uid,
                                host.userName(uid),
                                c.method(),
                                c.confidence()));
            }
        }
    }

    /** Best first; the host alone when there is nobody. */
    List<Candidate> sorted() {
        all.removeIf(c -> c.confidence() < NEGLIGIBLE);
        if (all.isEmpty()) {
            all.add(new Candidate(host.id(), -1, "", null, -1, "", Method.ADDRESS, 1));
        }
        all.sort(Comparator.comparingDouble(Candidate::confidence).reversed());
        return all;
    }
}
