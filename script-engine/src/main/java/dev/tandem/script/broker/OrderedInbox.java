package dev.tandem.script.broker;

import dev.tandem.core.engine.TimedWork;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Events from other nodes that are taken in the order of the network times at which they were sent, and of one node in the
 * order of sending. As {@link TimedWork} of a replay, they are raised when this node's time has come to theirs; whoever must
 * not wait for that takes them all ({@link #drain}).
 *
 * <p>{@link #offer} and {@link #isBehind} on any thread, all else on the engine thread.
 */
public final class OrderedInbox implements TimedWork {
    /** Most that wait of a live run: about 50 MB of connections. */
    private static final int MOST = 65_536;

    /** From here on the sources of a replay wait. */
    private static final int BEHIND = 8192;

    private record Waiting(double time, long number, Arrived arrived) {}

    private final Consumer<Arrived> raise;
    private final PriorityQueue<Waiting> queue =
            new PriorityQueue<>(Comparator.comparingDouble(Waiting::time).thenComparingLong(Waiting::number));
    private int most = MOST;
    private long numbers;
    private long lost;

    /** @param raise called by the engine thread for each */
    OrderedInbox(Consumer<Arrived> raise) {
        this.raise = raise;
    }

    /** From now on nothing is refused for want of room: the sources of a replay wait instead. */
    public synchronized void takeAll() {
        most = Integer.MAX_VALUE;
    }

    /** False when there is no room, which is counted. */
    synchronized boolean offer(Arrived arrived) {
        if (queue.size() >= most) {
            lost++;
            return false;
        }
        double time = arrived.message().time();
        queue.add(new Waiting(Double.isNaN(time) ? Double.NEGATIVE_INFINITY : time, numbers++, arrived));
        return true;
    }

    synchronized boolean isBehind() {
        return queue.size() > BEHIND;
    }

    synchronized long lost() {
        return lost;
    }

    private synchronized @Nullable Arrived poll(double until) {
        Waiting first = queue.peek();
        if (first == null || first.time > until) {
            return null;
        }
        queue.remove();
        return first.arrived;
    }

    @Override
    public synchronized double nextDue() {
        Waiting first = queue.peek();
        return first == null ? Double.POSITIVE_INFINITY : first.time;
    }

    @Override
    public int runUntil(double time, int most) {
        int ran = 0;
        while (ran < most) {
            Arrived arrived = poll(time);
            if (arrived == null) {
                break;
            }
            raise.accept(arrived);
            ran++;
        }
        return ran;
    }

    /** Raises what has come, whatever its time, up to a number. Returns how many that were. */
    public int drain(int atMost) {
        return runUntil(Double.POSITIVE_INFINITY, atMost);
    }

    /** At the end it is raised all the same. */
    @Override
    public void expireNext() {
        drain(1);
    }
}
