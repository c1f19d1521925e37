package dev.tandem.core.analyzer;

import dev.tandem.core.connection.StreamMemory;
import java.util.Arrays;

/**
 * Cuts one side's stream into lines, or hands it on as it is for a while: for protocols that mix both (zeek {@code
 * src/analyzer/protocol/tcp/ContentLine.cc}). A line ends with CR LF, CR or LF. Delivery in any pieces gives the same lines.
 *
 * <p>A line that lies whole in one delivery is handed on from where it is; only what is cut is copied. What is held counts as memory
 * of streams; without room a line is cut.
 */
public final class LineReader {
    /** Gets the lines. Arrays are the caller's. */
    public interface Sink {
        /** A line without its end. */
        void line(byte[] data, int from, int to);

        /** Bytes of plain delivery. */
        void plain(byte[] data, int from, int to);

        /** Something odd about the lines: a weird whose source is {@link #SOURCE}. */
        void oddLine(String weird);
    }

    public static final String SOURCE = "CONTENTLINE";

    /** Longer lines are cut. Bytes; zeek's BifConst ContentLine. */
    private static final int LONGEST = 16 << 20;

    /** A buffer that had to be larger is not kept for the next line. Bytes. */
    private static final int KEPT = 4096;

    private static final byte[] NONE = {};

    private final Sink sink;
    private final StreamMemory memory;
    private byte[] buffer = NONE;
    private int held;
    private int last;
    private long plain;

    /** Bytes that lines and plain deliveries have taken, or that are held. */
    private long consumed;

    private long limit = -1;
    private long limitSetAt;
    private boolean singlesEndLines = true;
    private boolean stopped;
    private int end;
    private int remaining;
    private boolean toldSingleLf;
    private boolean toldSingleCr;
    private boolean quiet;

    /** @param memory what the lines held count to */
    public LineReader(Sink sink, StreamMemory memory) {
        this.sink = sink;
        this.memory = memory;
    }

    /** The next so many bytes are no lines; 0 goes back to lines. */
    public void plain(long bytes) {
        plain = bytes;
    }

    public boolean isPlain() {
        return plain > 0;
    }

    /** After so many more bytes an unfinished line is one all the same; -1 takes that back. */
    public void deliverySize(long bytes) {
        limitSetAt = consumed;
        limit = bytes < 0 || bytes > Long.MAX_VALUE - consumed ? -1 : consumed + bytes;
    }

    /** Whether a CR or an LF alone ends a line. */
    public void singlesEndLines(boolean on) {
        singlesEndLines = on;
    }

    /** Nothing is handed on any more. */
    public void stop() {
        stopped = true;
    }

    /** Gives its memory back; nothing is handed on any more. */
    public void close() {
        stopped = true;
        held = 0;
        release();
    }

    private void release() {
        memory.take(-buffer.length);
        buffer = NONE;
    }

    /** How many bytes of the delivery at hand come after what was just handed on. */
    public int remaining() {
        return remaining;
    }

    /** That side has ended: what is left is a line. */
    public void end() {
        if (held > 0 && !stopped) {
            flush();
        }
    }

    public void data(byte[] data, int from, int bytes) {
        if (bytes <= 0 || stopped) {
            return;
        }
        int at = from;
        end = from + bytes;
        while (at < end && !stopped) {
            int stop = limit < 0 ? end : (int) Math.min(end, at + Math.max(1, limit - consumed));
            if (takesLineFeed(data[at])) {
                at++;
            } else if (plain > 0) {
                at = plain(data, at, stop);
            } else {
                at = line(data, at, stop);
            }
            if (limit >= 0 && consumed >= limit) {
                limit = -1;
                endPartial();
            }
        }
    }

    /** A line that ended with its CR may still get its LF, which is nobody's; returns whether this is it. */
    public boolean takesLineFeed(byte next) {
        if (!singlesEndLines || last != '\r' || next != '\n') {
            return false;
        }
        last = '\n';
        if (limit >= 0 && limitSetAt == consumed) {
            // What the line announced begins after it.
            limit++;
        }
        consumed++;
        return true;
    }

    private int plain(byte[] data, int from, int to) {
        int length = (int) Math.min(plain, to - from);
        last = 0;
        plain -= length;
        consumed += length;
        remaining = end - from - length;
        sink.plain(data, from, from + length);
        return from + length;
    }

    private void endPartial() {
        if (held > 0 && !stopped) {
            sink.oddLine("line_terminated_without_CRLF");
            flush();
        }
    }

    private void flush() {
        last = '\n';
        remaining = 0;
        emitHeld(held);
    }

    private void emitHeld(int length) {
        held = 0;
        sink.line(buffer, 0, length);
        if (buffer.length > KEPT) {
            release();
        }
    }

    /** Goes to the end of the line, or of the data; returns where that is. */
    private int line(byte[] data, int from, int to) {
        for (int at = from; at < to; at++) {
            int c = data[at];
            if (c == '\r') {
                if (at + 1 < to && data[at + 1] == '\n') {
                    last = '\n';
                    emit(data, from, at, at + 2);
                    return at + 2;
                }
                if (singlesEndLines) {
                    last = '\r';
                    emit(data, from, at, at + 1);
                    return at + 1;
                }
            } else if (c == '\n') {
                if (singlesEndLines) {
                    last = '\n';
                    emit(data, from, at, at + 1);
                    return at + 1;
                }
                if (last == '\r') {
                    last = '\n';
                    emitCutCr(from, at + 1);
                    return at + 1;
                }
                toldSingleLf = tell(toldSingleLf, "line_terminated_with_single_LF");
            } else if (last == '\r' && !singlesEndLines) {
                toldSingleCr = tell(toldSingleCr, "line_terminated_with_single_CR");
            }
            last = c;
        }
        consumed += to - from;
        if (hold(data, from, to) && memory.isExceeded()) {
            memory.gaveUp();
            sink.oddLine("stream_memory_exceeded");
            flush();
            release();
        }
        return to;
    }

    private boolean tell(boolean told, String weird) {
        if (!told && !quiet) {
            sink.oddLine(weird);
            return true;
        }
        return told;
    }

    /** Says nothing about odd ends of lines. */
    public void quiet(boolean on) {
        quiet = on;
    }

    /** Returns whether that took more memory. */
    private boolean hold(byte[] data, int from, int to) {
        int length = to - from;
        if (held + length > LONGEST) {
            sink.oddLine("contentline_size_exceeded");
            if (held > 0) {
                flush();
            }
            length = Math.min(length, LONGEST);
        }
        boolean grows = held + length > buffer.length;
        if (grows) {
            int before = buffer.length;
            buffer = Arrays.copyOf(buffer, Math.max(held + length, Math.min(LONGEST, before * 2)));
            memory.take(buffer.length - before);
        }
        System.arraycopy(data, to - length, buffer, held, length);
        held += length;
        return grows;
    }

    private void emit(byte[] data, int from, int to, int next) {
        consumed += next - from;
        remaining = end - next;
        if (held == 0) {
            sink.line(data, from, to);
            return;
        }
        hold(data, from, to);
        emitHeld(held);
    }

    /** The line's end is CR LF, and the CR came before this delivery: it is the last that is held, or ended a line itself. */
    private void emitCutCr(int from, int next) {
        consumed += next - from;
        remaining = end - next;
        if (held > 0) {
            emitHeld(held - 1);
        }
    }
}
