package dev.tandem.core.log;

import java.util.List;
import java.util.function.Consumer;

/** Opens log writers. One per engine; {@link #open} is called on the engine thread. */
public interface LogWriterFactory extends AutoCloseable {
    /** What writers tell the engine, from their own threads. */
    interface Listener {
        /** A writer failed; told once per failure, not per row. */
        void failed(LogSchema schema, String message);

        /** Something worth knowing that is no failure. */
        default void told(LogSchema schema, String message) {}

        /** @param file the file's new name, with its suffix */
        void rotated(LogSchema schema, String file, double openTime, double closeTime, boolean terminating);
    }

    /**
     * Opens a log. Opening the file itself may fail later, on the writer's thread; that comes as {@link Listener#failed}.
     *
     * @param writer the script enum's name: {@code Log::WRITER_ASCII}, {@code Log::WRITER_NONE}, {@code Log::WRITER_SQLITE}
     * @param openTime network time in seconds; headers of text logs bear the wall clock's time, as in Zeek
     * @throws IllegalArgumentException when there is no such writer or an option has no meaning; the message says which
     */
    LogWriter open(String writer, LogSchema schema, double openTime, Listener listener);

    /**
     * Makes rows visible to readers of the files in time. The engine calls it on its own thread once per turn; it costs a
     * comparison unless {@code nanoTime} is half a second past the last flush, and then flushes every writer. Writers that
     * keep nothing back need not implement it.
     *
     * @param nanoTime {@link System#nanoTime()}
     */
    default void flushDue(long nanoTime) {}

    /**
     * What earlier runs left behind, for writers that keep track of it. Called once, before any log is opened.
     *
     * @param problem told what could not be read; such a log stays where it is
     */
    default List<LeftoverLog> leftovers(Consumer<String> problem) {
        return List.of();
    }

    /** Closes every writer that is still open. */
    @Override
    void close();
}
