package dev.tandem.core.host;

import dev.tandem.core.value.Subnet;

/**
 * The monitored hosts as scripts see them: what they are asked, and what they answer. Implemented by the host endpoint and
 * by recorded hosts in replay. All calls on the engine thread; answers wait inside until {@link #poll}.
 */
public interface HostQueries extends AutoCloseable {
    /** Takes what the hosts have said. */
    interface Sink {
        void accept(HostEvent event);
    }

    /** Puts a query on the schedule of every host the target names, now and later. */
    void subscribe(HostQuery query, QueryTarget target);

    /** Withdraws a subscription made with an equal query (cookie aside) and target; nothing when there is none. */
    void unsubscribe(HostQuery query, QueryTarget target);

    /** Asks once, of hosts that are there now. Rows come as {@link UpdateType#SNAPSHOT}. */
    void execute(HostQuery query, QueryTarget target);

    /** Makes every host with an address in the range a member of the group. */
    void join(Subnet range, String group);

    /** Takes back a {@link #join} of the same range and group, and what came with it. */
    void leave(Subnet range, String group);

    /**
     * Hands over what has arrived, in order, and returns how many events that were.
     *
     * @param networkTime seconds since 1970: recorded hosts deliver what had arrived by then
     */
    int poll(double networkTime, Sink sink);

    /**
     * Network time of the next answer that {@link #poll} would deliver, if that is known (recorded hosts); infinity when
     * there is none or it is not known.
     */
    double nextArrival();

    /** Hands over all that is left: the trace has ended. */
    void drain(Sink sink);

    @Override
    void close();
}
