package dev.tandem.logwriters;

import dev.tandem.core.log.LogRow;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.core.value.Bytes;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The front of a log that goes to a file, and the row being written to it.
 *
 * <p>A row becomes bytes at once, on the engine thread, at the end of a chunk of 64 KB: there is no object per row or
 * value. A full chunk, or one that a flush finds with rows in it, goes to {@link LogWriterThread} through
 * {@link WriterQueue} and comes back empty through the queue's pool, so a log that is quiet holds no chunk. Subclasses are
 * the formats.
 *
 * <p>Engine thread throughout; only the chunk handed on belongs to the writer thread.
 */
abstract sealed class QueuedLogWriter implements LogWriter, LogRow permits TsvLogWriter, JsonLogWriter {
    private static final byte[] NO_BYTES = {};

    /** Handed on when it is fuller than this, so that the usual row needs no second chunk. */
    private static final int FULL = LogChunk.SIZE - 4096;

    private final Front front;
    private final LogFile file;
    private final LogWriterThread thread;
    private final byte[] metaPrefix;
    private final Consumer<LogWriter> onClose;

    private Runnable aroundRotation = () -> {};
    private @Nullable LogChunk chunk;
    private int rowStart;
    private boolean closed;

    /** The current chunk's bytes; empty when there is no chunk. */
    byte[] bytes = NO_BYTES;

    /** Where the next byte goes. */
    int length;

    /**
     * @param front tells the file who writes to it
     * @param onClose told once, on the engine thread, when the writer is closed
     */
    QueuedLogWriter(Front front, LogFile file, LogWriterThread thread, Bytes metaPrefix, Consumer<LogWriter> onClose) {
        this.front = front;
        this.file = file;
        this.thread = thread;
        this.metaPrefix = metaPrefix.array();
        this.onClose = onClose;
        thread.ask(file::open);
    }

    /** Has something done on the engine thread around each rotation: before it, and when it has been asked for. */
    final void aroundRotation(Runnable action) {
        aroundRotation = action;
    }

    /** Whose rows they are: the log as its engine has opened it. */
    record Front(LogSchema schema, LogWriterFactory.Listener listener) {}

    abstract void startRow();

    abstract void finishRow();

    @Override
    public final LogRow beginRow() {
        length = rowStart; // drops a row that was begun and not ended
        startRow();
        return this;
    }

    @Override
    public final void endRow() {
        finishRow();
        room(4);
        bytes[length++] = '\n';
        if (looksLikeMeta()) {
            escapeFirst();
        }
        LogChunk current = chunk;
        if (closed || current == null) {
            length = rowStart;
            return;
        }
        rowStart = length;
        current.rows++;
        if (length > FULL) {
            handOn(current);
        }
    }

    private boolean looksLikeMeta() {
        int end = rowStart + metaPrefix.length;
        return end <= length && Arrays.equals(bytes, rowStart, end, metaPrefix, 0, metaPrefix.length);
    }

    private void escapeFirst() {
        byte first = bytes[rowStart];
        System.arraycopy(bytes, rowStart + 1, bytes, rowStart + 4, length - rowStart - 1);
        bytes[rowStart] = '\\';
        bytes[rowStart + 1] = 'x';
        ByteEscaper.hex(first, bytes, rowStart + 2);
        length += 3;
    }

    /** Sees to it that {@code count} bytes fit behind {@link #length}; may replace {@link #bytes} and move the row. */
    final void room(int count) {
        if (bytes.length - length < count) {
            makeRoom(count);
        }
    }

    private void makeRoom(int count) {
        LogChunk current = chunk;
        if (current != null && rowStart > 0) {
            current = handOn(current);
        }
        if (current == null) {
            current = take(0);
        }
        if (bytes.length - length < count) {
            current.bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
            bytes = current.bytes;
        }
    }

    private LogChunk take(int partial) {
        LogChunk next = thread.queue().obtain();
        if (partial > next.bytes.length) {
            next.bytes = new byte[2 * partial];
        }
        chunk = next;
        bytes = next.bytes;
        length = partial;
        rowStart = 0;
        return next;
    }

    /** Gives the whole rows of {@code current} to the writer thread; a row that is being written moves to a new chunk. */
    private @Nullable LogChunk handOn(LogChunk current) {
        int partial = length - rowStart;
        LogChunk next = null;
        if (partial > 0) {
            byte[] before = bytes;
            int from = rowStart;
            next = take(partial);
            System.arraycopy(before, from, bytes, 0, partial);
            current.length = from;
        } else {
            current.length = rowStart;
            chunk = null;
            bytes = NO_BYTES;
            length = 0;
            rowStart = 0;
        }
        thread.queue().put(() -> file.write(current), current.bytes.length);
        return next;
    }

    final void append(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    /** Writes {@code text[from..]} as {@code escaper} does. */
    final void append(ByteEscaper escaper, byte[] text, int from) {
        int plain = escaper.plainEnd(text, from, text.length);
        room(plain - from);
        System.arraycopy(text, from, bytes, length, plain - from);
        length += plain - from;
        if (plain < text.length) {
            room(Math.multiplyExact(text.length - plain, escaper.worstCase()));
            length = escaper.escape(text, plain, text.length, bytes, length);
        }
    }

    @Override
    public final void flush() {
        LogChunk current = chunk;
        if (current != null && rowStart > 0) {
            handOn(current);
        }
    }

    @Override
    public final void rotate(String rotatedPath, double openTime, double closeTime, boolean terminating) {
        aroundRotation.run();
        flush();
        thread.ask(() -> file.rotate(front, rotatedPath, openTime, closeTime, terminating));
        aroundRotation.run();
    }

    @Override
    public final void close() {
        if (closed) {
            return;
        }
        flush();
        closed = true;
        onClose.accept(this);
        thread.finish(() -> file.close(front));
    }
}
