package dev.tandem.core.log;

/**
 * The front of one open log. Rows go in on the engine thread; whatever blocks (disk) happens on the writer's own thread,
 * behind a bounded queue.
 *
 * <p>A writer that cannot write reports it once through its {@link LogWriterFactory.Listener}, retries, and counts what it
 * drops; it never throws into the engine.
 */
public interface LogWriter {
    /** Starts a row. The returned object is the same each time and belongs to the writer. */
    LogRow beginRow();

    /** Ends the row begun last and hands it on. */
    void endRow();

    /** Makes rows written so far visible to readers of the file, soon; does not wait. */
    void flush();

    /**
     * Closes the current file and moves it to {@code rotatedPath}; the next row begins a fresh one. Answers through
     * {@link LogWriterFactory.Listener#rotated}, or not at all when there was nothing to move: no row came since the last
     * rotation, or the log goes to a device.
     *
     * @param rotatedPath file path without the writer's suffix
     * @param terminating true when the whole engine is ending: no fresh file is opened
     */
    void rotate(String rotatedPath, double openTime, double closeTime, boolean terminating);

    /** Writes out everything, closes the file and waits for that; a second call does nothing. */
    void close();
}
