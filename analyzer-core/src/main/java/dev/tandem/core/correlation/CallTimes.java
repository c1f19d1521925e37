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
     */
    private record Known(CallPairing pairing, Flow made, boolean isBlocking) {
        /** When it can have returned, seconds; a datagram socket may have been connected long before its first packet. */
        double earliest() {
            return made.isTcp() ? made.start : Double.NEGATIVE_INFINITY;
        }

        double latest() {
            return made.isTcp() && isBlocking ? made.end : made.start;
        }
    }

    /**
     * What the calls around a place say of when a call there returned, seconds.
     *
     * @param before not before that; minus infinity when nothing is known
     * @param behind not after that; infinity when nothing is known
     */
    record Bounds(double before, double behind) {
        /**
         * How well a call there fits a connection, 0 to 1.
         *
         * @param mayBlock whether it may have returned after the connection began
         */
        double fit(Flow f, boolean mayBlock) {
            double returned = mayBlock ? f.end : f.start;
            double off = Math.max(0, before - returned);
            if (f.start > behind) {
                // The first datagram may follow its call later.
                off += (f.start - behind)
                        * (f.isTcp() ? 1 : PairingWeights.SWAP_SECONDS / PairingWeights.DATAGRAM_SECONDS);
            }
            return off == 0 ? 1 : Math.max(LEAST_FIT, Math.exp(-off / PairingWeights.SWAP_SECONDS));
        }
    }

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
        Known k = new Known(pairing, f, isBlocking);
        return !k.equals(known.put(place, k));
    }

    /** It is not known which connection the call made. */
    boolean doubted(CallPairing pairing, long place) {
        Known k = known.get(place);
        return k != null && k.pairing == pairing && known.remove(place) != null;
    }

    /** What others than that pairing know around a place. */
    Bounds around(CallPairing pairing, long place) {
        return new Bounds(earliestBefore(pairing, place), latestBehind(pairing, place));
    }

    private double earliestBefore(CallPairing pairing, long place) {
        Map.Entry<Long, Known> e = known.lowerEntry(place);
        for (int i = 0; e != null && i < NEIGHBOURS; i++) {
            if (e.getValue().pairing != pairing && e.getValue().earliest() > Double.NEGATIVE_INFINITY) {
                return e.getValue().earliest();
            }
            e = known.lowerEntry(e.getKey());
        }
        return Double.NEGATIVE_INFINITY;
    }

    private double latestBehind(CallPairing pairing, long place) {
        Map.Entry<Long, Known> e = known.higherEntry(place);
        for (int i = 0; e != null && i < NEIGHBOURS; i++) {
            if (e.getValue().pairing != pairing && e.getValue().latest() < Double.POSITIVE_INFINITY) {
                return e.getValue().latest();
            }
            e = known.higherEntry(e.getKey());
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Forgets calls whose connections ended before a time. */
    void expire(double before) {
        known.values().removeIf(k -> k.made.end < before);
    }
}
