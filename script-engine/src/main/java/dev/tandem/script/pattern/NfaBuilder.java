package dev.tandem.script.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts an {@link Nfa} together from fragments. The states of a fragment are contiguous and the newest fragment is always
 * at the end, so copying one for a bounded repetition is copying a range. Every fragment ends in a state without
 * consequence: that is what the next fragment is hung on.
 */
final class NfaBuilder {
    /** As many states as a pattern may have; Zeek has no limit and fails for want of memory instead. */
    static final int MAX_STATES = 400_000;

    /** States from {@code from} on; entered at {@code start}, left at {@code end}. */
    record Fragment(int from, int start, int end) {}

    private final Map<BitSet, Integer> setIndex = new HashMap<>();
    private final List<BitSet> sets = new ArrayList<>();
    private int[] set = new int[32];
    private int[] next = new int[32];
    private int[] alt = new int[32];
    private int[] accept = new int[32];
    private int size;

    int size() {
        return size;
    }

    private int add(int setOrNone, int nextOrNone, int altOrNone) {
        reserve(1);
        set[size] = setOrNone;
        next[size] = nextOrNone;
        alt[size] = altOrNone;
        return size++;
    }

    private void reserve(int count) {
        if (size + count > set.length) {
            int capacity = Math.max(size + count, set.length * 2);
            set = Arrays.copyOf(set, capacity);
            next = Arrays.copyOf(next, capacity);
            alt = Arrays.copyOf(alt, capacity);
            accept = Arrays.copyOf(accept, capacity);
        }
    }

    private int end() {
        return add(Nfa.NONE, Nfa.NONE, Nfa.NONE);
    }

    Fragment empty() {
        int only = end();
        return new Fragment(only, only, only);
    }

    Fragment symbol(BitSet symbols) {
        Integer index = setIndex.get(symbols);
        if (index == null) {
            index = sets.size();
            sets.add(symbols);
            setIndex.put(symbols, index);
        }
        int start = add(index, size + 1, Nfa.NONE);
        return new Fragment(start, start, end());
    }

    Fragment concat(Fragment first, Fragment second) {
        next[first.end] = second.start;
        return new Fragment(first.from, first.start, second.end);
    }

    Fragment either(Fragment first, Fragment second) {
        int start = add(Nfa.NONE, first.start, second.start);
        int end = end();
        next[first.end] = end;
        next[second.end] = end;
        return new Fragment(first.from, start, end);
    }

    /** As {@link #either}, but the branches keep their own ends, and with them their accept ids. */
    Fragment fork(Fragment first, Fragment second) {
        int start = add(Nfa.NONE, first.start, second.start);
        return new Fragment(first.from, start, second.end);
    }

    Fragment optional(Fragment body) {
        int start = add(Nfa.NONE, body.start, size + 1);
        int end = end();
        next[body.end] = end;
        return new Fragment(body.from, start, end);
    }

    Fragment star(Fragment body) {
        int loop = add(Nfa.NONE, body.start, size + 1);
        next[body.end] = loop;
        return new Fragment(body.from, loop, end());
    }

    Fragment plus(Fragment body) {
        int loop = add(Nfa.NONE, body.start, size + 1);
        next[body.end] = loop;
        return new Fragment(body.from, body.start, end());
    }

    /** Whether repeating {@code body}, the newest fragment, this often stays within {@link #MAX_STATES}. */
    boolean canRepeat(Fragment body, int times) {
        long each = size - body.from + 2L;
        return size + each * times <= MAX_STATES;
    }

    /**
     * {@code min} to {@code max} times {@code body}, the newest fragment.
     *
     * @param max at least {@code min}, or negative for no upper bound
     */
    Fragment repeat(Fragment body, int min, int max) {
        boolean unbounded = max < 0;
        int times = unbounded ? min + 1 : max;
        if (times == 0) {
            Fragment nothing = empty();
            return new Fragment(body.from, nothing.start, nothing.end);
        }
        // All copies are taken before anything is linked, so that no copy contains another.
        int length = size - body.from;
        reserve(length * (times - 1));
        for (int copy = 1; copy < times; copy++) {
            int offset = copy * length;
            for (int state = body.from; state < body.from + length; state++) {
                add(set[state], shifted(next[state], offset), shifted(alt[state], offset));
            }
        }
        Fragment all = part(body, 0, min, unbounded);
        for (int copy = 1; copy < times; copy++) {
            int offset = copy * length;
            Fragment shifted = new Fragment(body.from + offset, body.start + offset, body.end + offset);
            all = concat(all, part(shifted, copy, min, unbounded));
        }
        return all;
    }

    private Fragment part(Fragment copy, int index, int min, boolean unbounded) {
        if (index < min) {
            return copy;
        }
        return unbounded ? star(copy) : optional(copy);
    }

    private static int shifted(int state, int offset) {
        return state == Nfa.NONE ? Nfa.NONE : state + offset;
    }

    void accept(Fragment fragment, int id) {
        accept[fragment.end] = id;
    }

    Nfa build(Fragment whole) {
        return new Nfa(
                Arrays.copyOf(set, size),
                Arrays.copyOf(next, size),
                Arrays.copyOf(alt, size),
                Arrays.copyOf(accept, size),
                whole.start,
                List.copyOf(sets));
    }
}
