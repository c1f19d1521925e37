package dev.tandem.core.connection;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What of a stream, or a file, came before what it follows: ranges in order, never overlapping; the first to come wins a byte.
 * Numbers are the owner's. Engine thread.
 */
public final class EarlySegments {
    /** Of a range, without its bytes: three array elements and the header of an array. */
    private static final int SEGMENT_BYTES = 40;

    private long[] from = new long[2];
    private long[] to = new long[2];
    private byte[] @Nullable [] data = new byte[2][];
    private int first;
    private int end;
    private long bytes;
    private int kept;

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return first == end;
    }

    /** Bytes in all ranges. */
    public long bytes() {
        return bytes;
    }

    /** What it takes up, about, in bytes. */
    int memory() {
        return kept + SEGMENT_BYTES * (end - first);
    }

    /** Where the lowest range begins; there must be one. */
    public long firstFrom() {
        return from[first];
    }

    long firstTo() {
        return to[first];
    }

    /** Behind the end of the highest range; there must be one. */
    public long lastTo() {
        return to[end - 1];
    }

    /** Takes the lowest range out; its bytes are null when they were not kept. */
    public byte @Nullable [] removeFirst() {
        byte[] removed = data[first];
        bytes -= to[first] - from[first];
        if (removed != null) {
            kept -= removed.length;
        }
        data[first] = null;
        first++;
        if (first == end) {
            first = 0;
            end = 0;
        }
        return removed;
    }

    /**
     * Adds what is new of a range.
     *
     * @param source where its bytes are, from {@code at} on; null when nobody takes them
     */
    public void insert(long low, long high, byte @Nullable [] source, int at) {
        long start = low;
        int i = place(low);
        while (start < high) {
            while (i < end && to[i] <= start) {
                i++;
            }
            long limit = i < end ? Math.min(from[i], high) : high;
            if (start < limit) {
                int offset = at + (int) (start - low);
                add(
                        i,
                        start,
                        limit,
                        source == null ? null : Arrays.copyOfRange(source, offset, offset + (int) (limit - start)));
                // Adding may have moved the ranges to the front of the arrays.
                i = place(limit);
            }
            start = i < end ? Math.max(limit, to[i]) : high;
        }
    }

    /** Hears of bytes that come a second time. */
    @FunctionalInterface
    interface Repeats {
        /** Both arrays are the caller's. */
        void repeated(byte[] first, int firstAt, byte[] again, int againAt, int bytes);
    }

    /** Tells of each range that bytes from {@code low} to {@code high} repeat, as far as it was kept. */
    void repeats(long low, long high, byte[] source, int at, Repeats action) {
        for (int i = place(low); i < end && from[i] < high; i++) {
            byte[] kept = data[i];
            long begin = Math.max(low, from[i]);
            int bytes = (int) (Math.min(high, to[i]) - begin);
            if (kept != null && bytes > 0) {
                action.repeated(kept, (int) (begin - from[i]), source, at + (int) (begin - low), bytes);
            }
        }
    }

    /** Index of the first range that ends behind {@code sequence}. */
    private int place(long sequence) {
        int low = first;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (to[middle] <= sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void add(int index, long low, long high, byte @Nullable [] copy) {
        int at = index;
        if (end == from.length) {
            at = makeRoom(index);
        }
        System.arraycopy(from, at, from, at + 1, end - at);
        System.arraycopy(to, at, to, at + 1, end - at);
        System.arraycopy(data, at, data, at + 1, end - at);
        from[at] = low;
        to[at] = high;
        data[at] = copy;
        end++;
        bytes += high - low;
        if (copy != null) {
            kept += copy.length;
        }
    }

    private int makeRoom(int index) {
        int count = end - first;
        if (first < from.length / 2 || first == 0) {
            from = Arrays.copyOf(from, 2 * from.length);
            to = Arrays.copyOf(to, 2 * to.length);
            data = Arrays.copyOf(data, 2 * data.length);
            return index;
        }
        System.arraycopy(from, first, from, 0, count);
        System.arraycopy(to, first, to, 0, count);
        System.arraycopy(data, first, data, 0, count);
        Arrays.fill(data, count, end, null);
        int moved = index - first;
        first = 0;
        end = count;
        return moved;
    }
}
