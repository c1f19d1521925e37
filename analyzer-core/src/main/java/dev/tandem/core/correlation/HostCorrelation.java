package dev.tandem.core.correlation;

import dev.tandem.core.host.Host;
import dev.tandem.core.host.SocketCall;
import dev.tandem.core.host.SocketTable.FiveTuple;
import dev.tandem.core.value.Addr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The connections of one host and its calls, and which belong together. Everything here is keyed by the host: rows of it come
 * in, ends of connections at its addresses come in, and candidates for those ends go out.
 */
final class HostCorrelation {
    private record Peer(Addr address, int port) {}

    private final Host host;
    private final CallPairing connects = new CallPairing(true);
    private final Map<Peer, CallPairing> accepts = new HashMap<>();
    private final Map<FiveTuple, Flow> bySocket = new HashMap<>();
    private final PriorityQueue<Flow> waiting = new PriorityQueue<>(Comparator.comparingDouble((Flow f) -> f.start));

    /** Answered, but something may yet come. */
    private final Set<Flow> open = new LinkedHashSet<>();

    private final Acceptors acceptors = new Acceptors();

    private final Set<CallPairing> changed = new LinkedHashSet<>();
    private boolean areProcessesNew;

    /** When to see whether the delivery that is under way has ended, our clock; infinity while there is none. */
    double deliveredBy = Double.POSITIVE_INFINITY;

    private double toldUntil = Double.NEGATIVE_INFINITY;

    HostCorrelation(Host host) {
        this.host = host;
    }

    Host host() {
        return host;
    }

    // ---- what comes in

    void add(Flow f) {
        pairing(f).add(f);
        bySocket.put(f.socket, f);
        f.isHeld = host.sockets().isKnown(f.socket);
    }

    void remove(Flow f) {
        pairing(f).remove(f);
        bySocket.remove(f.socket, f);
        awaitNoLonger(f);
        open.remove(f);
    }

    private CallPairing pairing(Flow f) {
        return f.isOriginator ? connects : accepts(f.socket.remote(), f.socket.remotePort());
    }

    private CallPairing accepts(Addr remote, int port) {
        return accepts.computeIfAbsent(new Peer(remote, port), k -> new CallPairing(false));
    }

    /** Takes in a call, and hands over connections that all calls have been told of now. */
    void called(SocketCall call, long eid, Consumer<Flow> complete) {
        host.called(call, eid);
        if (call.action != SocketCall.Action.BIND) {
            CallPairing pairing =
                    call.action == SocketCall.Action.CONNECT ? connects : accepts(call.remote, call.remotePort);
            pairing.add(call);
            changed.add(pairing);
            if (call.action == SocketCall.Action.ACCEPT && pairing.localPort() > 0) {
                acceptors.accepted(pairing.localPort(), call);
            }
        }
        advance(complete);
    }

    /** Time has passed: what was being delivered may be whole now. */
    void passed(double now, Consumer<Flow> complete) {
        if (now < host.order().deliveredBy()) {
            return;
        }
        connects.delivered();
        if (host.order().passed(now)) {
            advance(complete);
        }
    }

    private void advance(Consumer<Flow> complete) {
        double told = host.clock().ours(host.order().toldUntil());
        if (told > toldUntil) {
            toldUntil = told;
            connects.stale();
            while (!waiting.isEmpty() && waiting.peek().start <= told) {
                Flow f = waiting.remove();
                f.isAwaited = false;
                complete.accept(f);
            }
        }
    }

    void socketOpened(FiveTuple socket, int pid, double hostTime) {
        Flow f = bySocket.get(socket);
        if (f != null && f.start < f.end) {
            host.clock().hadBegun(f.start, hostTime);
        }
        if (pid < 0) {
            return;
        }
        host.sockets().opened(socket, pid, hostTime);
        if (f != null) {
            f.isHeld = true;
            CallPairing pairing = pairing(f);
            if (pairing.found(f, pid)) {
                changed.add(pairing);
            }
        }
    }

    void processTold() {
        areProcessesNew = true;
    }

    // ---- what goes out

    /** Whether all calls up to the connection's beginning have been told. */
    boolean isComplete(Flow f) {
        return f.start <= toldUntil;
    }

    void await(Flow f) {
        waiting.add(f);
        f.isAwaited = true;
    }

    private void awaitNoLonger(Flow f) {
        if (f.isAwaited) {
            f.isAwaited = false;
            waiting.remove(f);
        }
    }

    /** An answer was given; it is kept in mind while another one may come. */
    void answered(Flow f) {
        awaitNoLonger(f);
        Answer a = f.answered;
        if (a == null || (isComplete(f) && a.isWhole())) {
            open.remove(f);
        } else {
            open.add(f);
        }
    }

    List<Candidate> candidates(Flow f) {
        List<Flow.Share> shares = pairing(f).shares(host, f);
        return f.isOriginator
                ? OriginatorEvidence.candidates(host, f, shares)
                : ResponderEvidence.candidates(host, acceptors, f, shares);
    }

    /** Hands over ends whose answer may be another one since this was last called. */
    void review(Consumer<Flow> maybeOther) {
        if (changed.isEmpty() && !areProcessesNew) {
            return;
        }
        List<Flow> all = new ArrayList<>();
        for (Flow f : open) {
            Answer a = f.answered;
            if (a != null && (isComplete(f) || changed.contains(pairing(f)) || areProcessesNew && !a.isWhole())) {
                all.add(f);
            }
        }
        changed.clear();
        areProcessesNew = false;
        for (Flow f : all) {
            maybeOther.accept(f);
            answered(f);
        }
    }

    /** Whether nothing is to come for an end any more. */
    boolean isDone(Flow f) {
        return !open.contains(f) && f.answered != null;
    }

    void expire(double now) {
        host.expire(now);
        double before = now - CorrelationLimits.KEPT;
        double doneBefore = now - CorrelationLimits.CALL_WAITS;
        open.removeIf(f -> f.end < before);
        bySocket.values().removeIf(f -> f.end < (f.isDone() ? doneBefore : before));
        acceptors.expire(before);
        connects.expire(before, doneBefore);
        accepts.values().removeIf(p -> {
            p.expire(before, doneBefore);
            return p.isEmpty();
        });
    }

    int size() {
        int n = connects.size();
        for (CallPairing p : accepts.values()) {
            n += p.size();
        }
        return n;
    }
}
