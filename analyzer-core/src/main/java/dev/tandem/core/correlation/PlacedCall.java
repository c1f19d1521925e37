package dev.tandem.core.correlation;

import dev.tandem.core.host.SocketCall;

/** A call, and what the order of all its host's calls leaves open of it. */
final class PlacedCall {
    /**
     * Between which moments a call returned, by the connections that calls before and behind it made: our clock, seconds.
     *
     * @param before not before that; minus infinity when nothing is known
     * @param behind not after that; infinity when nothing is known
     */
    record Returned(double before, double behind) {
        static final Returned SOME_TIME = new Returned(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

        /** A mistake must not rule the truth out. */
        private static final double LEAST_FIT = 0.02;

        /**
         * How well such a call fits a connection, 0 to 1.
         *
         * @param mayBlock whether it may have returned after the connection began
         */
        double fit(Flow f, boolean mayBlock) {
            double off = Math.max(0, before - (mayBlock ? f.end : f.start));
            if (f.start > behind) {
                // The first datagram may follow its call later.
                off += (f.start - behind)
                        * (f.isTcp() ? 1 : PairingWeights.SWAP_SECONDS / PairingWeights.DATAGRAM_SECONDS);
            }
            return off == 0 ? 1 : Math.max(LEAST_FIT, Math.exp(-off / PairingWeights.SWAP_SECONDS));
        }
    }

    final SocketCall call;

    /** How likely it is that no connection in the order of all was made by it. */
    double unclaimed = 1;

    /** When it returned if that is so. */
    Returned returned = Returned.SOME_TIME;

    PlacedCall(SocketCall call) {
        this.call = call;
    }

    /** How well it fits a connection that nothing in the order of all explains. */
    double fitOutOfOrder(Flow f) {
        return unclaimed * returned.fit(f, call.mayBlock(f.isTcp()));
    }
}
