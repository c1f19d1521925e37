package dev.tandem.core.connection;

import org.jspecify.annotations.Nullable;

/** Something with one entry in a {@link TimerWheel}, which it carries itself. */
abstract class Timed {
    static final int IDLE = -1;
    static final int IN_SLOT = -2;

    double wheelDue;

    @Nullable
    Timed wheelNext;

    @Nullable
    Timed wheelPrevious;

    /** Place in the wheel's heap, or one of the constants. */
    int wheelPlace = IDLE;

    /**
     * The entry has come up and is no longer in the wheel; may put itself in again.
     *
     * @param now network time, at or after the due time
     * @return whether there was something to do
     */
    abstract boolean fire(double now);

    /** The run ends: as {@link #fire}, whatever the time, and only what matters at an end. */
    abstract void expire();
}
