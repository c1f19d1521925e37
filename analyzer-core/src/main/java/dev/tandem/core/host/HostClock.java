package dev.tandem.core.host;

/**
 * How far a host's clock is behind ours, as far as that can be known. A host's time that reaches us was told before it came,
 * so the clock is behind by no more than the shortest way a row ever took; and what we saw begin before the host said that it
 * had happened bounds it from below. Within these bounds the clock is taken to be right, since hosts keep time by NTP: a row
 * that took a minute does not make a clock a minute slow.
 *
 * <p>Bounds are forgotten after two {@link #SPAN}s, lest one step of a clock bind for ever.
 */
public final class HostClock {
    /** NTP's longest usual polling interval is 1024 s (RFC 5905): a clock that was set is noticed within two of them. */
    static final double SPAN = 1024;

    private double begun = Double.NEGATIVE_INFINITY;
    private double most = Double.POSITIVE_INFINITY;
    private double least = Double.NEGATIVE_INFINITY;
    private double mostBefore = Double.POSITIVE_INFINITY;
    private double leastBefore = Double.NEGATIVE_INFINITY;

    /** A row that the host made at a time of its clock has come at a time of ours. */
    public void told(double hostTime, double arrival) {
        roll(arrival);
        most = Math.min(most, arrival - hostTime);
    }

    /** What we saw begin, the host says at a time of its clock, in whole seconds, to have happened. */
    public void hadBegun(double ours, double hostSecond) {
        roll(ours);
        least = Math.max(least, ours - (hostSecond + 1));
    }

    private void roll(double now) {
        if (now - begun > SPAN) {
            mostBefore = most;
            leastBefore = least;
            most = Double.POSITIVE_INFINITY;
            least = Double.NEGATIVE_INFINITY;
            begun = now;
        }
    }

    /** Seconds to add to the host's clock to get ours. */
    public double behind() {
        double upper = Math.min(most, mostBefore);
        double lower = Math.max(least, leastBefore);
        return Math.min(Math.max(0, lower), upper);
    }

    public double ours(double hostTime) {
        return hostTime + behind();
    }
}
