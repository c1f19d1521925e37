package dev.tandem.core.host;

/**
 * The order of a host's audit events and what is known of their times. osquery numbers the rows of an event table ({@code
 * eid}, osquery/events/eventsubscriberplugin.cpp) as it stores them, and stores what its audit thread hands on in batches; each
 * row of a batch has the time of the storing, which may be long after the event. So an event happened before the stamp of its
 * batch, and after that of the batch before. A gap in the numbers is rows that were lost on their way.
 */
public final class EventOrder {
    /** A number lower than before, with a stamp this much later, is of a new database, which counts from 1 again. */
    private static final double NEW_DATABASE = 60;

    /** Rows of one delivery come in one message, and are taken in within that. */
    private static final double DELIVERY = 1;

    private final SortedLongs places = new SortedLongs(1 << 16);
    private final SortedLongs stamps = new SortedLongs(1 << 12);
    private long base;
    private long unnumbered;
    private boolean isNumbered = true;
    private double lastSocketStamp = Double.NEGATIVE_INFINITY;
    private double lastSocketArrival = Double.NEGATIVE_INFINITY;
    private double delivered = Double.NEGATIVE_INFINITY;

    /** Notes the stamp of any audit event. */
    public void stamped(double stamp) {
        stamps.add((long) stamp);
    }

    /**
     * The place of a socket event among those of its host.
     *
     * @param eid the number it has; 0 when the host does not tell: then rows are in the order they came in
     */
    long place(long eid, double stamp, double arrival) {
        stamped(stamp);
        long place;
        if (eid > 0) {
            if (!places.isEmpty() && base + eid < places.last() && stamp > lastSocketStamp + NEW_DATABASE) {
                base = places.last();
            }
            place = base + eid;
        } else {
            isNumbered = false;
            place = ++unnumbered;
        }
        places.add(place);
        lastSocketStamp = Math.max(lastSocketStamp, stamp);
        lastSocketArrival = arrival;
        return place;
    }

    /** The stamp of the batch before that one; minus infinity when none is known. */
    public double batchBefore(double stamp) {
        long before = stamps.below((long) stamp, Long.MIN_VALUE);
        return before == Long.MIN_VALUE ? Double.NEGATIVE_INFINITY : before;
    }

    /** Whether the host numbers its rows, so that lost ones show. */
    public boolean isNumbered() {
        return isNumbered;
    }

    /** How many events between two places reached us. */
    public int between(long from, long to) {
        return places.between(from, to);
    }

    /** The lowest place known; to be asked only when there is one. */
    public long firstPlace() {
        return places.first();
    }

    /** The highest place known; to be asked only when there is one. */
    public long lastPlace() {
        return places.last();
    }

    /** The last stamp of a socket event. */
    public double lastStamp() {
        return lastSocketStamp;
    }

    /** How many places lie between two of which no event reached us; 0 when that cannot be known. */
    public long missing(long from, long to) {
        return !isNumbered || from < places.first() ? 0 : Math.max(0, to - from - 1 - places.between(from, to));
    }

    /** When the delivery that is under way will have ended, our clock; minus infinity when none ever was. */
    public double deliveredBy() {
        return lastSocketArrival + DELIVERY;
    }

    /**
     * Time passes.
     *
     * @param now our clock
     * @return whether more is told of now, since a delivery has ended
     */
    public boolean passed(double now) {
        if (now < lastSocketArrival + DELIVERY || delivered >= lastSocketStamp) {
            return false;
        }
        delivered = lastSocketStamp;
        return true;
    }

    /**
     * The host's clock up to when all socket events have been told of: the last batch when its delivery has ended, else the
     * batch before.
     */
    public double toldUntil() {
        return Math.max(delivered, batchBefore(lastSocketStamp));
    }
}
