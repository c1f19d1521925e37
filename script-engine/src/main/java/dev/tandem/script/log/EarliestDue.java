package dev.tandem.script.log;

/**
 * The network time before which no log rotates and no row has waited long enough; maybe too early, never too late. It is
 * asked for with every packet, so it is kept instead of being looked up in all streams.
 */
final class EarliestDue {
    private double time = Double.POSITIVE_INFINITY;

    double time() {
        return time;
    }

    /** Something new is due then. */
    void atMost(double networkTime) {
        time = Math.min(time, networkTime);
    }

    /** All that is due has been looked at: this is the earliest of it. */
    void exactly(double networkTime) {
        time = networkTime;
    }
}
