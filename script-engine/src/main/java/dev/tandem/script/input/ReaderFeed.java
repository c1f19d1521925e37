package dev.tandem.script.input;

import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The way from a reader's thread to its stream, which lives on the engine thread: whatever is told here waits in the engine's
 * inbox. A full inbox makes the reader wait.
 */
final class ReaderFeed {
    /** How bad a message is: {@code Reporter::Level}, in its order. */
    enum Level {
        INFO,
        WARNING,
        ERROR
    }

    /** Thrown out of a reader that waits when its stream is stopped. */
    @SuppressWarnings("serial")
    static final class Stopped extends RuntimeException {
        Stopped() {
            super(null, null, false, false);
        }
    }

    private final BlockingQueue<Runnable> inbox;
    private final FedStream stream;
    private final String label;
    private @Nullable String file;
    private int line;
    private boolean isMuted;
    private long muted;
    private volatile boolean hasFailed;

    /** @param label names the reader in messages */
    ReaderFeed(BlockingQueue<Runnable> inbox, FedStream stream, String label) {
        this.inbox = inbox;
        this.stream = stream;
        this.label = label;
    }

    private void tell(Runnable what) {
        try {
            inbox.put(what);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    /** A row of a source that only grows. */
    void put(@Nullable Object... values) {
        Row row = new Row(values, line);
        tell(() -> stream.put(row));
    }

    /** A row of a source that is read as a whole; {@link #end} follows. */
    void entry(@Nullable Object... values) {
        Row row = new Row(values, line);
        tell(() -> stream.entry(row));
    }

    /** The source has been read as a whole. */
    void end() {
        tell(stream::end);
    }

    /** Something for the engine to do in its turn. */
    void then(Runnable what) {
        tell(what);
    }

    // ---- messages

    /** Where messages and rows are from now on. */
    void at(@Nullable String newFile, int newLine) {
        file = newFile;
        line = newLine;
    }

    void warning(String message) {
        if (isMuted) {
            muted++;
            return;
        }
        report(Level.WARNING, message);
    }

    /** The stream ends after this. */
    void error(String message) {
        hasFailed = true;
        report(Level.ERROR, message);
    }

    /**
     * Something is wrong with the source that may pass.
     *
     * @param isFatal an error, else a warning, after which no more are told until {@link #unmute}
     */
    void trouble(boolean isFatal, String message) {
        if (isFatal) {
            error(message);
        } else {
            warning(message);
            isMuted = true;
        }
    }

    /** Things are well again: the next trouble is news. */
    void unmute() {
        isMuted = false;
        if (muted > 0) {
            long count = muted;
            muted = 0;
            warning("Suppressed " + count + " warning(s)");
        }
    }

    /** Whether an error was told. */
    boolean hasFailed() {
        return hasFailed;
    }

    private void report(Level level, String message) {
        String place = file == null ? "" : file + ", line " + line + ": ";
        String text = label + ": " + place + message;
        tell(() -> stream.report(level, message, text));
    }
}
