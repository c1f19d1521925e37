package dev.tandem.script.runtime;

/** Work that falls due by network time, beside the timers of scripts. Engine thread. */
public interface TimedWork {
    /** Network time (seconds since 1970) at which {@link #runUntil} has something to do; infinity when there is nothing. */
    double nextDue();

    /** Does what is due at a network time. */
    void runUntil(double networkTime);
}
