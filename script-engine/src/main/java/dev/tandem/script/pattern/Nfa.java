package dev.tandem.script.pattern;

import java.util.BitSet;
import java.util.List;

/**
 * A nondeterministic automaton, one array entry per state. State q either consumes one symbol of set {@code set[q]} and
 * goes on to {@code next[q]}, or, where {@code set[q]} is {@link #NONE}, goes on to {@code next[q]} and {@code alt[q]}
 * (each {@link #NONE} where absent) without consuming. {@code accept[q]} is the accept id of q, 0 for none. Immutable.
 */
record Nfa(int[] set, int[] next, int[] alt, int[] accept, int start, List<BitSet> sets) {
    static final int NONE = -1;

    int size() {
        return set.length;
    }
}
