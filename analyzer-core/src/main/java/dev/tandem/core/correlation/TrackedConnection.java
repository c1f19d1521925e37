package dev.tandem.core.correlation;

import dev.tandem.core.host.SocketTable.FiveTuple;
import dev.tandem.core.record.ConnIdRecord;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection, and its ends at the hosts that own its addresses. */
final class TrackedConnection {
    /** One end at one host; an address may be that of several hosts. */
    record End(HostCorrelation host, Flow flow) {}

    private static final Bytes SYN_ACK = Bytes.of("h");

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

    /** The number of its protocol, TCP's or UDP's; 0 for others, which no socket call makes. */
    static int protocol(ConnectionRecord c) {
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

    /** The socket of an end; null when the record has no addresses. */
    @Nullable
    FiveTuple socket(boolean isOriginator) {
        ConnIdRecord id = record.id();
        if (id == null
                || !(id.get(0) instanceof Addr orig)
                || !(id.get(1) instanceof Port origPort)
                || !(id.get(2) instanceof Addr resp)
                || !(id.get(3) instanceof Port respPort)) {
            return null;
        }
        int protocol = protocol(record);
        return isOriginator
                ? new FiveTuple(protocol, orig, origPort.number(), resp, respPort.number())
                : new FiveTuple(protocol, resp, respPort.number(), orig, origPort.number());
    }

    boolean hasAddress(Addr a) {
        ConnIdRecord id = record.id();
        return id != null && (Objects.equals(a, id.get(0)) || Objects.equals(a, id.get(2)));
    }

    List<End> ends(boolean isOriginator) {
        return isOriginator ? originator : responder;
    }

    /** It goes to a host, which looks for who made it. */
    void addEnd(HostCorrelation host, boolean isOriginator, boolean isTranslated) {
        FiveTuple socket = socket(isOriginator);
        if (socket != null && !isAt(host, isOriginator)) {
            Flow f = new Flow(this, isOriginator, isTranslated, socket, start);
            ends(isOriginator).add(new End(host, f));
            host.add(f);
        }
    }

    private boolean isAt(HostCorrelation host, boolean isOriginator) {
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

    /** Tells its hosts how it went. */
    void settleEnd() {
        // A responder's SYN+ACK is an h in the history.
        boolean isShaken = record.history.indexOf(SYN_ACK, 0) >= 0;
        settleEnd(originator, isShaken);
        settleEnd(responder, isShaken);
    }

    private void settleEnd(List<End> ends, boolean isShaken) {
        for (End e : ends) {
            e.flow.end = start + record.duration;
            if (e.flow.isTcp() && !record.history.isEmpty()) {
                e.flow.handshake = isShaken ? Flow.Handshake.ANSWERED : Flow.Handshake.UNANSWERED;
            }
        }
    }

    /** Whether originator and responder were exchanged after the beginning. */
    boolean isTurned() {
        return isTurned(true) || isTurned(false);
    }

    private boolean isTurned(boolean isOriginator) {
        for (End e : ends(isOriginator)) {
            if (!e.flow.socket.equals(socket(isOriginator))) {
                return true;
            }
        }
        return false;
    }

    /** Whether its hosts have told all up to its beginning. */
    boolean isComplete() {
        return isComplete(originator) && isComplete(responder);
    }

    private static boolean isComplete(List<End> ends) {
        for (End e : ends) {
            if (!e.host.isComplete(e.flow)) {
                return false;
            }
        }
        return true;
    }

    /** Has each host say when it has told all up to its beginning. */
    void await() {
        await(originator);
        await(responder);
    }

    private static void await(List<End> ends) {
        for (End e : ends) {
            if (!e.host.isComplete(e.flow)) {
                e.host.await(e.flow);
            }
        }
    }

    /** No host is to think of it any more. */
    void release() {
        originator.forEach(e -> e.host.remove(e.flow));
        responder.forEach(e -> e.host.remove(e.flow));
    }

    /** Its flows are kept for the pairing; its record, which holds rows of logs, is not. */
    void letGo() {
        originator.forEach(e -> e.flow.letGo());
        responder.forEach(e -> e.flow.letGo());
    }
}
