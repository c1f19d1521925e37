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

    /** The index of the first that is not smaller. */
    private int indexFrom(long value) {
        int found = Arrays.binarySearch(values, 0, size, value);
        return found >= 0 ? found : -found - 1;
    }
}
