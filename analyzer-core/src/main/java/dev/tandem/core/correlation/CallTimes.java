package dev.tandem.core.correlation;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * When the calls of one host were made, by the connections that some of them are known to have made. Events are in the order in
 * which the calls returned (audit writes a call's record as it returns), and that goes for calls to all places: one whose own
 * connection is in doubt was made after what is before it, and before what is behind it. Times are those of the sensor.
 *
 * <p>Each pairing goes by what the others know, not by what it told itself.
 */
final class CallTimes {
    /**
     * A call whose connection is known.
     *
     * @param pairing that knows
     * @param earliest when it can have returned
     * @param latest the same
     */
    private record Known(CallPairing pairing, double earliest, double latest) {}

    /** So many neighbours are looked at for one of another pairing. */
    private static final int NEIGHBOURS = 16;

    /** A mistake must not rule the truth out. */
    private static final double LEAST_FIT = 0.02;

    private final NavigableMap<Long, Known> known = new TreeMap<>();

    /**
     * The call at that place made the connection.
     *
     * @return whether that is news
     */
    boolean made(CallPairing pairing, long place, Flow f, boolean isBlocking) {
        // A datagram socket may have been connected long before its first packet.
        double earliest = f.isTcp() ? f.start : Double.NEGATIVE_INFINITY;
        double latest = f.isTcp() && isBlocking ? f.end : f.start;
        Known k = new Known(pairing, earliest, latest);
        return !k.equals(known.put(place, k));
    }

    /** It is not known which connection the call made. */
    boolean doubted(CallPairing pairing, long place) {
        Known k = known.get(place);
        return k != null && k.pairing == pairing && known.remove(place) != null;
    }

    /**
     * How well a call of that place fits a connection by its neighbours, 0 to 1.
     *
     * @param mayBlock whether it may have returned after the connection began
     */
    double fit(CallPairing pairing, long place, Flow f, boolean mayBlock) {
        double returned = mayBlock ? f.end : f.start;
        double off = 0;
        double before = earliestBefore(pairing, place);
        if (returned < before) {
            off = before - returned;
        }
        double behind = latestBehind(pairing, place);
        if (f.start > behind) {
            // The first datagram may follow its call later.
            off += (f.start - behind) * (f.isTcp() ? 1 : PairingWeights.SWAP_SECONDS / PairingWeights.DATAGRAM_SECONDS);
        }
        return off == 0 ? 1 : Math.max(LEAST_FIT, Math.exp(-off / PairingWeights.SWAP_SECONDS));
    }

    private double earliestBefore(CallPairing pairing, long place) {
        Map.Entry<Long, Known> e = known.lowerEntry(place);
        for (int i = 0; e != null && i < NEIGHBOURS; i++) {
            if (e.getValue().pairing != pairing && e.getValue().earliest > Double.NEGATIVE_INFINITY) {
                return e.getValue().earliest;
            }
            e = known.lowerEntry(e.getKey());
        }
        return Double.NEGATIVE_INFINITY;
    }

    private double latestBehind(CallPairing pairing, long place) {
        Map.Entry<Long, Known> e = known.higherEntry(place);
        for (int i = 0; e != null && i < NEIGHBOURS; i++) {
            if (e.getValue().pairing != pairing && e.getValue().latest < Double.POSITIVE_INFINITY) {
                return e.getValue().latest;
            }
            e = known.higherEntry(e.getKey());
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Forgets what was before a time. */
    void expire(double before) {
        while (!known.isEmpty()) {
            Known first = known.firstEntry().getValue();
            if (Math.max(first.earliest, first.latest) >= before) {
                return;
            }
            known.pollFirstEntry();
        }
    }
}
