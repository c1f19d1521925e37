package dev.tandem.core.host;

import java.util.Arrays;

/** Distinct numbers in order, which mostly come in order; of more than its limit the smallest are forgotten. */
final class SortedLongs {
    private final int most;
    private long[] values = new long[16];
    private int size;

    SortedLongs(int most) {
        this.most = most;
    }

    void add(long value) {
        int at = size > 0 && values[size - 1] < value ? size : indexFrom(value);
        if (at < size && values[at] == value) {
            return;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        System.arraycopy(values, at, values, at + 1, size - at);
        values[at] = value;
        size++;
        if (size > most) {
            int kept = most / 2;
            System.arraycopy(values, size - kept, values, 0, kept);
            size = kept;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    long first() {
        return values[0];
    }

    long last() {
        return values[size - 1];
    }

    /** The largest below a number; {@code otherwise} when there is none. */
    long below(long value, long otherwise) {
        int at = indexFrom(value);
        return at == 0 ? otherwise : values[at - 1];
    }

    /** How many lie between the two, neither counted. */
    int between(long low, long high) {
        return Math.max(0, indexFrom(high) - indexFrom(low + 1));
    }

    /** Those between the two, neither counted, that are not among these: the lowest, at most so many. */
    long[] missingBetween(long low, long high, int atMost) {
        long[] found = new long[(int) Math.min(atMost, Math.max(0, high - low - 1 - between(low, high)))];
        int at = indexFrom(low + 1);
        long value = low + 1;
        for (int n = 0; n < found.length; n++) {
            if (at < size && values[at] == value) {
                at = endOfRun(at);
                value = values[at - 1] + 1;
            }
            found[n] = value++;
        }
        return found;
    }

    /** The index behind the numbers that follow each other without a hole. */
    private int endOfRun(int from) {
        int inRun = from;
        int behind = size;
        while (behind - inRun > 1) {
            int middle = (inRun + behind) >>> 1;
            if (values[middle] - values[from] == middle - from) {
                inRun = middle;
            } else {
                behind = middle;
            }
        }
        return behind;
    }

    /** The index of the first that is not smaller. */
    private int indexFrom(long value) {
        int found = Arrays.binarySearch(values, 0, size, value);
        return found >= 0 ? found : -found - 1;
    }
}
