package dev.tandem.core.correlation;

import dev.tandem.core.host.HostInventory;
import dev.tandem.core.host.SocketCall;
import dev.tandem.core.host.SocketTable.FiveTuple;
import dev.tandem.core.record.ConnIdRecord;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says who is behind connections. A connection's ends go to the hosts that owned its addresses when it began, and wait there
 * ({@link HostCorrelation}) for rows; each host weighs what it knows ({@link CallPairing}, {@link OriginatorEvidence}, {@link
 * ResponderEvidence}) and hands candidates back. A step needs one key only, an address or a host.
 *
 * <p>Who decides, and what is done with it, is the caller's: this hands out candidates, tells when a host has told all that
 * it can of a connection, and when later rows lead elsewhere. Engine thread.
 */
public final class ConnectionAttributor {
    /** Told of what the caller should look at again. */
    public interface Listener {
        /** The hosts of a connection that has ended have told all that they can. */
        void ready(ConnectionRecord c);

        /** Rows that came after the answer lead to another one. */
        void revised(ConnectionRecord c);
    }

    /** What there is to wait for when a connection has ended. */
    public enum Expectation {
        /** No host owns an end. */
        NOTHING,
        /** Rows that bear on it may still come. */
        ROWS,
        /** All was told. */
        ANSWER
    }

    /** Within so many seconds each host is looked at for what is too old. */
    private static final int EXPIRY_SECONDS = 10;

    /** An answer below that is none; see {@link #leastConfidence}. */
    private double leastConfidence = 0.6;

    private final HostInventory hosts = new HostInventory();
    private final Map<String, HostCorrelation> correlations = new HashMap<>();
    private final Map<Bytes, TrackedConnection> tracked = new LinkedHashMap<>();
    private final Map<Bytes, TrackedConnection> unclaimed = new LinkedHashMap<>();
    private final Listener listener;

    /** Hosts with a delivery under way, in the order in which those end. */
    private final ArrayDeque<HostCorrelation> delivering = new ArrayDeque<>();

    /** Hosts that are still to be looked at for what is too old. */
    private Iterator<HostCorrelation> expiring = Collections.emptyIterator();

    private double lastReview = Double.NEGATIVE_INFINITY;
    private double lastExpiry = Double.NEGATIVE_INFINITY;
    private long waiting;
    private long answered;
    private long timedOut;
    private long revised;
    private long forgotten;

    public ConnectionAttributor(Listener listener) {
        this.listener = listener;
    }

    /** The confidence from which on the caller takes a candidate. */
    public void leastConfidence(double least) {
        leastConfidence = least;
    }

    public HostInventory hosts() {
        return hosts;
    }

    private HostCorrelation correlation(String host) {
        return correlations.computeIfAbsent(host, id -> new HostCorrelation(hosts.host(id)));
    }

    // ---- connections

    /** A connection was seen; nothing happens when it is known, or neither TCP nor UDP. */
    public void begin(ConnectionRecord c) {
        if (protocol(c) != 0 && !tracked.containsKey(c.uid)) {
            claim(new TrackedConnection(c));
        }
    }

    private void claim(TrackedConnection t) {
        ConnIdRecord id = t.record.id();
        if (id == null || !(id.get(0) instanceof Addr orig) || !(id.get(2) instanceof Addr resp)) {
            return;
        }
        addEnds(t, orig, true);
        addEnds(t, resp, false);
        if (t.isMonitored()) {
            unclaimed.remove(t.record.uid);
            put(tracked, t, CorrelationLimits.MOST_CONNECTIONS);
        } else {
            put(unclaimed, t, CorrelationLimits.MOST_UNCLAIMED);
        }
    }

    private void put(Map<Bytes, TrackedConnection> map, TrackedConnection t, int most) {
        map.put(t.record.uid, t);
        if (map.size() > most) {
            var eldest = map.values().iterator();
            TrackedConnection old = eldest.next();
            eldest.remove();
            release(old);
            if (old.isMonitored()) {
                forgotten++;
            }
        }
    }

    private static void release(TrackedConnection t) {
        for (boolean isOriginator : new boolean[] {true, false}) {
            for (TrackedConnection.End e : t.ends(isOriginator)) {
                e.host().remove(e.flow());
            }
        }
    }

    private void addEnds(TrackedConnection t, Addr a, boolean isOriginator) {
        for (String host : hosts.addresses().of(a, t.start - 1, t.start + 1)) {
            addEnd(t, host, isOriginator, false);
        }
        if (isOriginator) {
            for (String host : hosts.addresses().behind(a, t.start - 1, t.start + 1)) {
                addEnd(t, host, true, true);
            }
        }
    }

    private void addEnd(TrackedConnection t, String host, boolean isOriginator, boolean isTranslated) {
        HostCorrelation h = correlation(host);
        FiveTuple socket = socket(t.record, isOriginator);
        if (socket != null && !t.isAt(h, isOriginator)) {
            Flow f = new Flow(t, isOriginator, isTranslated, socket, t.start);
            t.ends(isOriginator).add(new TrackedConnection.End(h, f));
            h.add(f);
        }
    }

    private static int protocol(ConnectionRecord c) {
        ConnIdRecord id = c.id();
        if (id == null || !(id.get(3) instanceof Port p)) {
            return 0;
        }
        return switch (p.proto()) {
            case TCP -> 6;
            case UDP -> 17;
            default -> 0;
        };
    }

    private static @Nullable FiveTuple socket(ConnectionRecord c, boolean isOriginator) {
        ConnIdRecord id = c.id();
        if (id == null
                || !(id.get(0) instanceof Addr orig)
                || !(id.get(1) instanceof Port origPort)
                || !(id.get(2) instanceof Addr resp)
                || !(id.get(3) instanceof Port respPort)) {
            return null;
        }
        int protocol = protocol(c);
        return isOriginator
                ? new FiveTuple(protocol, orig, origPort.number(), resp, respPort.number())
                : new FiveTuple(protocol, resp, respPort.number(), orig, origPort.number());
    }

    /** A connection has ended. */
    public Expectation end(ConnectionRecord c, double now) {
        if (protocol(c) == 0) {
            return Expectation.NOTHING;
        }
        TrackedConnection t = tracked.get(c.uid);
        if (t != null && isTurned(t)) {
            release(t);
            tracked.remove(c.uid);
            t = null;
        }
        if (t == null) {
            t = new TrackedConnection(c);
            claim(t);
        }
        t.isEnded = true;
        settleEnd(t, c);
        review(now);
        if (!t.isMonitored()) {
            return Expectation.NOTHING;
        }
        if (isComplete(t)) {
            return Expectation.ANSWER;
        }
        t.isWaiting = true;
        waiting++;
        await(t.originator);
        await(t.responder);
        return Expectation.ROWS;
    }

    private static void settleEnd(TrackedConnection t, ConnectionRecord c) {
        double end = t.start + c.duration;
        // A responder's SYN+ACK is an h in the history.
        boolean isAnswered = c.history.indexOf(SYN_ACK, 0) >= 0;
        for (boolean isOriginator : new boolean[] {true, false}) {
            for (TrackedConnection.End e : t.ends(isOriginator)) {
                e.flow().end = end;
                if (e.flow().isTcp() && !c.history.isEmpty()) {
                    e.flow().handshake = isAnswered ? Flow.Handshake.ANSWERED : Flow.Handshake.UNANSWERED;
                }
            }
        }
    }

    private static final Bytes SYN_ACK = Bytes.of("h");

    /** Whether originator and responder were exchanged after the beginning. */
    private static boolean isTurned(TrackedConnection t) {
        for (boolean isOriginator : new boolean[] {true, false}) {
            for (TrackedConnection.End e : t.ends(isOriginator)) {
                if (!e.flow().socket.equals(socket(t.record, isOriginator))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isComplete(TrackedConnection t) {
        return isComplete(t.originator) && isComplete(t.responder);
    }

    private static boolean isComplete(List<TrackedConnection.End> ends) {
        for (TrackedConnection.End e : ends) {
            if (!e.host().isComplete(e.flow())) {
                return false;
            }
        }
        return true;
    }

    private static void await(List<TrackedConnection.End> ends) {
        for (TrackedConnection.End e : ends) {
            if (!e.host().isComplete(e.flow())) {
                e.host().await(e.flow());
            }
        }
    }

    private void complete(Flow f) {
        TrackedConnection t = f.connection;
        if (t != null && t.isEnded && !t.isAnswered && isComplete(t)) {
            listener.ready(t.record);
        }
    }

    // ---- answers

    /** Who may be behind an end by what is known now, best first; empty when no host owns it. */
    public List<Candidate> candidates(ConnectionRecord c, boolean isOriginator, double now) {
        TrackedConnection t = tracked.get(c.uid);
        if (t != null) {
            for (TrackedConnection.End e : t.ends(isOriginator)) {
                e.host().passed(now, this::complete);
            }
        }
        return t == null ? List.of() : candidates(t, isOriginator);
    }

    private static List<Candidate> candidates(TrackedConnection t, boolean isOriginator) {
        List<TrackedConnection.End> ends = t.ends(isOriginator);
        if (ends.size() == 1) {
            return ends.get(0).host().candidates(ends.get(0).flow());
        }
        return ofSeveralHosts(ends);
    }

    /** Hosts that have the same address: the one whose processes explain the connection is likelier. */
    private static List<Candidate> ofSeveralHosts(List<TrackedConnection.End> ends) {
        double unexplained = 0.05;
        List<Candidate> all = new ArrayList<>();
        double sum = 0;
        for (TrackedConnection.End e : ends) {
            for (Candidate c : e.host().candidates(e.flow())) {
                double weight = c.pid() < 0 ? unexplained : c.confidence();
                sum += weight;
                all.add(new Candidate(c.host(), c.pid(), c.path(), c.process(), c.uid(), c.user(), c.method(), weight));
            }
        }
        for (int i = 0; i < all.size(); i++) {
            Candidate c = all.get(i);
            double most = c.pid() < 0 ? 1 : c.confidence();
            all.set(
                    i,
                    new Candidate(
                            c.host(),
                            c.pid(),
                            c.path(),
                            c.process(),
                            c.uid(),
                            c.user(),
                            c.method(),
                            Math.min(most, c.confidence() / sum)));
        }
        all.sort(Comparator.comparingDouble(Candidate::confidence).reversed());
        return all;
    }

    /** The caller has answered for a connection that has ended, out of the candidates of now. */
    public void answered(ConnectionRecord c) {
        TrackedConnection t = tracked.get(c.uid);
        if (t == null) {
            return;
        }
        if (!t.isAnswered) {
            t.isAnswered = true;
            answered++;
            if (t.isWaiting) {
                t.isWaiting = false;
                waiting--;
                timedOut += isComplete(t) ? 0 : 1;
            }
        }
        boolean isDone = true;
        for (boolean isOriginator : new boolean[] {true, false}) {
            List<TrackedConnection.End> ends = t.ends(isOriginator);
            if (ends.isEmpty()) {
                continue;
            }
            Answer a = Answer.of(candidates(t, isOriginator), leastConfidence);
            for (TrackedConnection.End e : ends) {
                e.flow().answered = a;
                e.host().answered(e.flow());
                isDone &= e.host().isDone(e.flow());
            }
        }
        if (isDone) {
            tracked.remove(c.uid);
            letGo(t);
        }
    }

    /** Its flows are kept for the pairing; its record, which holds rows of logs, is not. */
    private static void letGo(TrackedConnection t) {
        for (boolean isOriginator : new boolean[] {true, false}) {
            for (TrackedConnection.End e : t.ends(isOriginator)) {
                e.flow().connection = null;
            }
        }
    }

    private void reconsider(Flow f) {
        TrackedConnection t = f.connection;
        if (t == null) {
            return;
        }
        Answer now = Answer.of(candidates(t, f.isOriginator), leastConfidence);
        Answer then = f.answered;
        if (then != null && !then.saysSameAs(now)) {
            for (TrackedConnection.End e : t.ends(f.isOriginator)) {
                e.flow().answered = now;
            }
            revised++;
            listener.revised(t.record);
        }
    }

    // ---- rows

    /** A host's row has come; to be told before the row itself. */
    public void told(String host, double hostTime, double arrival) {
        correlation(host).host().clock().told(hostTime, arrival);
        review(arrival);
    }

    public void called(String host, SocketCall call, long eid) {
        HostCorrelation h = correlation(host);
        h.called(call, eid, this::complete);
        await(h);
    }

    private void await(HostCorrelation h) {
        if (Double.isInfinite(h.deliveredBy)) {
            h.deliveredBy = h.host().order().deliveredBy();
            delivering.add(h);
        }
    }

    /** Looks at hosts whose deliveries have ended, each when its own has: all of them at once would keep the engine waiting. */
    private void deliver(double now) {
        while (!delivering.isEmpty() && delivering.element().deliveredBy <= now) {
            HostCorrelation h = delivering.remove();
            double by = h.host().order().deliveredBy();
            if (by > now) {
                // More has come meanwhile.
                h.deliveredBy = by;
                delivering.add(h);
            } else {
                h.deliveredBy = Double.POSITIVE_INFINITY;
                h.passed(now, this::complete);
            }
        }
    }

    /** @param pid -1 for a socket that no process has any more (TIME_WAIT) */
    public void socketOpened(String host, FiveTuple socket, int pid, double hostTime) {
        correlation(host).socketOpened(socket, pid, hostTime);
    }

    /** Something was told of processes or users. */
    public void processTold(String host) {
        correlation(host).processTold();
    }

    /**
     * A host has an address.
     *
     * @return whether that is news
     */
    public boolean addressAdded(String host, Addr a, double now) {
        if (!hosts.addresses().added(host, a, now)) {
            return false;
        }
        List<TrackedConnection> late = new ArrayList<>();
        for (TrackedConnection t : unclaimed.values()) {
            if (hasAddress(t, a)) {
                late.add(t);
            }
        }
        for (TrackedConnection t : tracked.values()) {
            if (hasAddress(t, a)) {
                late.add(t);
            }
        }
        for (TrackedConnection t : late) {
            claimLate(t);
        }
        return true;
    }

    /** A host's own connection to us comes from that address, which may be a router's in front of it. */
    public void heardFrom(String host, Addr a, double now) {
        hosts.addresses().heardFrom(host, a, now);
    }

    private static boolean hasAddress(TrackedConnection t, Addr a) {
        ConnIdRecord id = t.record.id();
        return id != null && (Objects.equals(a, id.get(0)) || Objects.equals(a, id.get(2)));
    }

    /** If the row of one that has ended has been written, what its host has to say is a revision. */
    private void claimLate(TrackedConnection t) {
        claim(t);
        if (t.isEnded && t.isMonitored()) {
            settleEnd(t, t.record);
            if (t.isWaiting) {
                return;
            }
            t.isAnswered = true;
            for (boolean isOriginator : new boolean[] {true, false}) {
                for (TrackedConnection.End e : t.ends(isOriginator)) {
                    if (e.flow().answered == null) {
                        e.flow().answered = new Answer("", -1, "", 0);
                        e.host().answered(e.flow());
                        e.host().processTold();
                    }
                }
            }
        }
    }

    // ---- time

    private void review(double now) {
        deliver(now);
        if (now >= lastReview && now - lastReview < 1) {
            return;
        }
        lastReview = now;
        reviewAll();
        expireSome(now);
        if (now - lastExpiry >= EXPIRY_SECONDS) {
            lastExpiry = now;
            expire(now);
        }
    }

    /** A part of the hosts each second, so that all have had their turn by the time the first has it again. */
    private void expireSome(double now) {
        for (int left = correlations.size() / EXPIRY_SECONDS + 1; left > 0; left--) {
            if (!expiring.hasNext()) {
                expiring = List.copyOf(correlations.values()).iterator();
                if (!expiring.hasNext()) {
                    return;
                }
            }
            expiring.next().expire(now);
        }
    }

    /** Looks for answers that have become others; done each second while rows come, and to be done at the end. */
    public void reviewAll() {
        for (HostCorrelation h : correlations.values()) {
            h.review(this::reconsider);
        }
    }

    private void expire(double now) {
        hosts.expire(now);
        double before = now - CorrelationLimits.KEPT;
        tracked.values().removeIf(t -> {
            boolean isOld = t.isAnswered && t.start + t.record.duration < before;
            if (isOld) {
                letGo(t);
            }
            return isOld;
        });
        unclaimed.values().removeIf(t -> t.start + t.record.duration < before);
    }

    /** For statistics. */
    public CorrelationCounters counters() {
        long calls = 0;
        for (HostCorrelation h : correlations.values()) {
            calls += h.size();
        }
        long lost = forgotten;
        for (var host : hosts.all()) {
            lost += host.processes().forgotten() + host.sockets().forgotten();
        }
        return new CorrelationCounters(waiting, tracked.size(), calls, answered, timedOut, revised, lost);
    }
}
