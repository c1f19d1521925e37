package dev.tandem.core.correlation;

import dev.tandem.core.host.HostInventory;
import dev.tandem.core.host.SocketCall;
import dev.tandem.core.host.SocketTable.FiveTuple;
import dev.tandem.core.record.ConnIdRecord;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.value.Addr;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    private final RememberedConnections remembered = new RememberedConnections();
    private final Deliveries deliveries = new Deliveries(this::complete);
    private final Turns expiry = new Turns(EXPIRY_SECONDS);
    private final Listener listener;
    /** Whether connections wait that may turn out to be a host's. */
    private boolean isAddressWaitedFor;

    private double lastReview = Double.NEGATIVE_INFINITY;
    private double lastExpiry = Double.NEGATIVE_INFINITY;
    private long answered;
    private long timedOut;
    private long revised;

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
        if (TrackedConnection.protocol(c) != 0 && remembered.monitored(c.uid) == null) {
            claim(new TrackedConnection(c));
        }
    }

    private void claim(TrackedConnection t) {
        ConnIdRecord id = t.record.id();
        if (id != null && id.get(0) instanceof Addr orig && id.get(2) instanceof Addr resp) {
            addEnds(t, orig, true);
            addEnds(t, resp, false);
            remembered.put(t);
        }
    }

    private void addEnds(TrackedConnection t, Addr a, boolean isOriginator) {
        for (String host : hosts.addresses().of(a, t.start - 1, t.start + 1)) {
            t.addEnd(correlation(host), isOriginator, false);
        }
        if (isOriginator) {
            for (String host : hosts.addresses().behind(a, t.start - 1, t.start + 1)) {
                t.addEnd(correlation(host), true, true);
            }
        }
    }

    /** A connection has ended. */
    public Expectation end(ConnectionRecord c, double now) {
        if (TrackedConnection.protocol(c) == 0) {
            return Expectation.NOTHING;
        }
        TrackedConnection t = remembered.monitored(c.uid);
        if (t != null && t.isTurned()) {
            t.release();
            remembered.remove(t);
            t = null;
        }
        if (t == null) {
            t = new TrackedConnection(c);
            claim(t);
        }
        t.isEnded = true;
        t.settleEnd();
        review(now);
        if (!t.isMonitored() && !hosts.addresses().isAnyAwaited(now)) {
            return Expectation.NOTHING;
        }
        if (t.isMonitored() && t.isComplete()) {
            return Expectation.ANSWER;
        }
        t.isWaiting = true;
        isAddressWaitedFor |= !t.isMonitored();
        t.await();
        return Expectation.ROWS;
    }

    private void complete(Flow f) {
        TrackedConnection t = f.connection;
        if (t != null && t.isEnded && !t.isAnswered && t.isComplete()) {
            listener.ready(t.record);
        }
    }

    // ---- answers

    /** Who may be behind an end by what is known now, best first; empty when no host owns it. */
    public List<Candidate> candidates(ConnectionRecord c, boolean isOriginator, double now) {
        TrackedConnection t = remembered.monitored(c.uid);
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
        return SharedAddress.candidates(ends);
    }

    /** The caller has answered for a connection that has ended, out of the candidates of now. */
    public void answered(ConnectionRecord c) {
        TrackedConnection t = remembered.monitored(c.uid);
        if (t == null) {
            TrackedConnection nobodys = remembered.unclaimed(c.uid);
            if (nobodys != null) {
                nobodys.isWaiting = false;
            }
            return;
        }
        if (!t.isAnswered) {
            answered++;
            timedOut += t.isWaiting && !t.isComplete() ? 1 : 0;
            t.isAnswered = true;
            t.isWaiting = false;
        }
        boolean originatorDone = noteAnswer(t, true);
        boolean responderDone = noteAnswer(t, false);
        if (originatorDone && responderDone) {
            remembered.remove(t);
            t.letGo();
        }
    }

    /** @return whether nothing more is to come for that end */
    private boolean noteAnswer(TrackedConnection t, boolean isOriginator) {
        List<TrackedConnection.End> ends = t.ends(isOriginator);
        if (ends.isEmpty()) {
            return true;
        }
        Answer a = Answer.of(candidates(t, isOriginator), leastConfidence);
        boolean isDone = true;
        for (TrackedConnection.End e : ends) {
            e.flow().answered = a;
            e.host().answered(e.flow());
            isDone &= e.host().isDone(e.flow());
        }
        return isDone;
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
        if (!correlations.containsKey(host)) {
            hosts.addresses().expect(host, arrival);
        }
        correlation(host).host().clock().told(hostTime, arrival);
        review(arrival);
    }

    public void called(String host, SocketCall call, long eid) {
        HostCorrelation h = correlation(host);
        h.called(call, eid, this::complete);
        deliveries.called(h);
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
        remembered.at(a).forEach(this::claimLate);
        return true;
    }

    /** A host's own connection to us comes from that address, which may be a router's in front of it. */
    public void heardFrom(String host, Addr a, double now) {
        hosts.addresses().heardFrom(host, a, now);
    }

    /** If the row of one that has ended has been written, what its host has to say is a revision. */
    private void claimLate(TrackedConnection t) {
        claim(t);
        if (!t.isEnded || !t.isMonitored()) {
            return;
        }
        t.settleEnd();
        if (t.isWaiting) {
            t.await();
            if (t.isComplete()) {
                listener.ready(t.record);
            }
            return;
        }
        t.isAnswered = true;
        answerLate(t.originator);
        answerLate(t.responder);
    }

    private static void answerLate(List<TrackedConnection.End> ends) {
        for (TrackedConnection.End e : ends) {
            if (e.flow().answered == null) {
                e.flow().answered = new Answer("", -1, "", 0);
                e.host().answered(e.flow());
                e.host().processTold();
            }
        }
    }

    // ---- time

    private void review(double now) {
        deliveries.passed(now);
        if (now >= lastReview && now - lastReview < 1) {
            return;
        }
        lastReview = now;
        reviewAll();
        releaseUnclaimed(now);
        expiry.next(correlations.values(), h -> h.expire(now));
        if (now - lastExpiry >= EXPIRY_SECONDS) {
            lastExpiry = now;
            expire(now);
        }
    }

    /** All hosts that were heard of have told their addresses, or do not: what no host has claimed is nobody's. */
    private void releaseUnclaimed(double now) {
        if (isAddressWaitedFor && !hosts.addresses().isAnyAwaited(now)) {
            isAddressWaitedFor = false;
            remembered.unclaimedThatWait().forEach(t -> listener.ready(t.record));
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
        remembered.expire(now - CorrelationLimits.KEPT);
    }

    /** For statistics. */
    public CorrelationCounters counters() {
        long calls = 0;
        for (HostCorrelation h : correlations.values()) {
            calls += h.size();
        }
        long lost = remembered.forgotten();
        for (var host : hosts.all()) {
            lost += host.processes().forgotten() + host.sockets().forgotten();
        }
        return new CorrelationCounters(
                remembered.waiting(), remembered.size(), calls, answered, timedOut, revised, lost);
    }
}
