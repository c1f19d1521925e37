package dev.tandem.core.engine;

/**
 * Something that has things to do at given network times: connection time-outs, script timers, answers of recorded hosts.
 * The engine runs all such work in the order of its times. Engine thread only.
 */
public interface TimedWork {
    /**
     * Network time of the earliest item, positive infinity when there is none. May be too early (then {@link #runUntil} runs
     * nothing and this becomes later), never too late. Asked for every packet: cheap.
     */
    double nextDue();

    /**
     * Runs what is due at or before {@code time}, earliest first; network time may be later already.
     *
     * @param most stop after that many items
     * @return how many ran
     */
    int runUntil(double time, int most);

    /**
     * The run is over: takes the earliest item away and does what it does at the end of a run, which may be nothing. Called
     * until {@link #nextDue} is infinite.
     */
    void expireNext();
}
