package dev.tandem.core.file;

import dev.tandem.core.connection.EarlySegments;
import java.util.Objects;

/** Keeps the parts of a file that came before what should precede them (zeek {@code src/file_analysis/FileReassembler.cc}). */
final class FileReassembler {
    private final FileAnalysis file;
    private final EarlySegments parts = new EarlySegments();
    private long next;

    FileReassembler(FileAnalysis file, long next) {
        this.file = file;
        this.next = next;
    }

    /** Bytes held. */
    long held() {
        return parts.bytes();
    }

    /** Takes a part in; hands on what is in order now. */
    void insert(byte[] data, int from, int to, long offset) {
        long begin = Math.max(offset, next);
        parts.insert(begin, offset + (to - from), data, from + (int) (begin - offset));
        deliver();
    }

    private void deliver() {
        while (!parts.isEmpty() && parts.firstFrom() <= next) {
            byte[] bytes = Objects.requireNonNull(parts.removeFirst());
            next += bytes.length;
            file.deliver(bytes, 0, bytes.length);
        }
    }

    /** Gives up what is missing before everything that is held. Returns how many bytes that are. */
    long flush() {
        return parts.isEmpty() ? 0 : flushTo(parts.lastTo());
    }

    /** Gives up what is missing before that offset. Returns how many bytes that are. */
    long flushTo(long offset) {
        long missing = 0;
        while (next < offset) {
            long until = parts.isEmpty() ? offset : Math.min(parts.firstFrom(), offset);
            if (until > next) {
                long gap = until - next;
                missing += gap;
                long at = next;
                next = until;
                file.missing(at, gap);
            }
            deliver();
        }
        return missing;
    }
}
