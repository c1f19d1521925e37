package dev.tandem.script.pattern;

import java.util.Arrays;

/**
 * Matches the patterns of a {@link PatternSet} against data that arrives in pieces, and remembers which patterns matched
 * and where each did so first. Between pieces it keeps a state, not the data. Belongs to the thread of its set.
 * Behaviour: Zeek RE.cc, {@code RE_Match_State}.
 */
public final class StreamMatcher {
    private static final long NEVER = -1;

    private final LazyDfa dfa;
    private final long[] firstMatch;
    private int[] members;
    private int state;
    private int generation;
    private long consumed;
    private int matched;

    StreamMatcher(LazyDfa dfa, int patterns) {
        this.dfa = dfa;
        this.firstMatch = new long[patterns];
        Arrays.fill(firstMatch, NEVER);
        this.members = new int[0];
        restart();
    }

    /** Back to the begin of the data; what matched so far stays matched. */
    public void restart() {
        consumed = 0;
        remember(dfa.initial());
    }

    /** Back to the begin of the data, with nothing matched. */
    public void reset() {
        Arrays.fill(firstMatch, NEVER);
        matched = 0;
        restart();
    }

    /**
     * Goes on with the bytes from {@code from} up to {@code to}.
     *
     * @param begin whether {@code ^} matches before the first of them
     * @param end whether {@code $} matches after the last of them
     * @return whether a pattern matched that had not before
     */
    public boolean feed(byte[] data, int from, int to, boolean begin, boolean end) {
        int before = matched;
        int now = resumed();
        note(now);
        if (begin) {
            now = dfa.step(now, Symbols.BEGIN);
            note(now);
        }
        for (int i = from; i < to && now != LazyDfa.DEAD; i++) {
            now = dfa.step(now, data[i] & 0xff);
            consumed++;
            if (dfa.accepts(now)) {
                note(now);
            }
        }
        if (end) {
            now = dfa.step(now, Symbols.END);
            note(now);
        }
        remember(now);
        return matched > before;
    }

    /** Whether no further byte can make another pattern match. */
    public boolean exhausted() {
        return members.length == 0;
    }

    /** How many patterns have matched. */
    public int matchedCount() {
        return matched;
    }

    /** Whether pattern {@code index} has matched. */
    public boolean hasMatched(int index) {
        return firstMatch[index] != NEVER;
    }

    /** Bytes from the begin of the data to the end of the first match of pattern {@code index}, or -1. */
    public long firstMatchEnd(int index) {
        return firstMatch[index];
    }

    private int resumed() {
        return generation == dfa.generation() ? state : dfa.intern(members);
    }

    private void remember(int now) {
        state = now;
        members = dfa.members(now);
        generation = dfa.generation();
    }

    private void note(int now) {
        for (int id : dfa.acceptIds(now)) {
            if (firstMatch[id - 1] == NEVER) {
                firstMatch[id - 1] = consumed;
                matched++;
            }
        }
    }
}
