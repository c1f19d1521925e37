package dev.tandem.core.file;

import java.util.Map;
import java.util.TreeMap;

/** Keeps the parts of a file that came before what should precede them (zeek {@code src/file_analysis/FileReassembler.cc}). */
final class FileReassembler {
    private final FileAnalysis file;
    private final TreeMap<Long, byte[]> parts = new TreeMap<>();
    private long next;
    private long held;

    FileReassembler(FileAnalysis file, long next) {
        this.file = file;
        this.next = next;
    }

    /** Bytes held. */
    long held() {
        return held;
    }

    /** Takes a part in; hands on what is in order now. */
    void insert(byte[] data, int from, int to, long offset) {
        long begin = Math.max(offset, next);
        long end = offset + (to - from);
        int at = from + (int) (begin - offset);
        while (begin < end) {
            Map.Entry<Long, byte[]> before = parts.floorEntry(begin);
            if (before != null && before.getKey() + before.getValue().length > begin) {
                // What came first stays.
                long skip = before.getKey() + before.getValue().length - begin;
                begin += skip;
                at = (int) Math.min(to, at + skip);
                continue;
            }
            Long after = parts.ceilingKey(begin);
            int length = (int) (Math.min(end, after == null ? end : after) - begin);
            byte[] copy = new byte[length];
            System.arraycopy(data, at, copy, 0, length);
            parts.put(begin, copy);
            held += length;
            begin += length;
            at += length;
        }
        deliver();
    }

    private void deliver() {
        while (!parts.isEmpty() && parts.firstKey() <= next) {
            Map.Entry<Long, byte[]> first = parts.pollFirstEntry();
            byte[] bytes = first.getValue();
            held -= bytes.length;
            next += bytes.length;
            file.deliver(bytes, 0, bytes.length);
        }
    }

    /** Gives up what is missing before everything that is held. Returns how many bytes that are. */
    long flush() {
        return parts.isEmpty() ? 0 : flushTo(parts.lastKey() + parts.lastEntry().getValue().length);
    }

    /** Gives up what is missing before that offset. Returns how many bytes that are. */
    long flushTo(long offset) {
        long missing = 0;
        while (next < offset) {
            Long first = parts.isEmpty() ? null : parts.firstKey();
            long until = first == null ? offset : Math.min(first, offset);
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
