package dev.tandem.script.input;

/**
 * Reads one kind of source. Made on the engine thread, where it may read options; then used by its own thread alone, but for
 * {@link #stop}. What it reads and what goes wrong it tells its {@link ReaderFeed}; an error told there ends it after the
 * call at hand.
 */
interface Reader {
    /** Opens the source and reads what is there. False when the stream is of no use and ends; the reason is told before. */
    boolean open();

    /**
     * Looks at the source again: when a script asks, and in the modes that watch, at every heartbeat. False when the stream
     * ends.
     */
    boolean update();

    /** Gives up what {@link #open} took. Called once, whatever happened. */
    void close();

    /** Makes a read end that waits for somebody else. Any thread, once or never. */
    default void stop() {}
}
