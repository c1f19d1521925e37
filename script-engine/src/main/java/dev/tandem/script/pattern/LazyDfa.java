package dev.tandem.script.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deterministic automaton of an {@link Nfa}, built as inputs ask for it. Every byte of an input is one look-up in an
 * {@code int[]}, whatever the pattern: a pattern cannot make matching slow, only the building of states.
 *
 * <p>States are rows of one table; a state is named by the index of its row's first column. A row has a column for each
 * symbol class, which holds the following state, {@link #DEAD}, {@link #UNKNOWN} while nobody asked, or {@link
 * #ACCEPTED}; and one more column for the index of its accept ids, 0 for none. Row 0 is the dead state.
 *
 * <p>Patterns such as {@code .*a.{20}} have exponentially many states, so memory is a budget: when table and state sets
 * exceed it, all states are thrown away and building begins anew from where the input is. State names are therefore
 * valid until {@link #generation()} changes; the NFA states behind a name, from {@link #members}, remain valid.
 *
 * <p>Not thread safe: matching writes. Nothing is shared between two automata.
 */
final class LazyDfa {
    static final int DEAD = 0;
    private static final int UNKNOWN = -1;
    /** A transition that ends the search, in an automaton that stops at the first accept. */
    private static final int ACCEPTED = -2;
    /** Ints in the table and the state sets together: 4 MB. */
    static final int DEFAULT_BUDGET = 1 << 20;

    private static final int[] NO_IDS = {};

    private record StateSet(int[] states, int hash) {
        static StateSet of(int[] states) {
            return new StateSet(states, Arrays.hashCode(states));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof StateSet s && Arrays.equals(states, s.states);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private final Nfa nfa;
    private final boolean stopAtAccept;
    private final int budget;
    private final SymbolClasses classes;
    private final int[] classOf;
    private final BitSet[] classesInSet;
    private final int columns;

    private final Map<StateSet, Integer> rows = new HashMap<>();
    private final List<int[]> members = new ArrayList<>();
    private final List<int[]> acceptIds = new ArrayList<>();
    private final Map<StateSet, Integer> acceptIndex = new HashMap<>();
    private int[] table = {};
    private int setInts;
    private int generation;
    private int initial = UNKNOWN;
    private int begun = UNKNOWN;

    private final int[] seen;
    private int seenRound;
    private final int[] stack;
    private int[] found = new int[16];
    private int foundCount;

    LazyDfa(Nfa nfa, boolean stopAtAccept) {
        this(nfa, stopAtAccept, DEFAULT_BUDGET);
    }

    LazyDfa(Nfa nfa, boolean stopAtAccept, int budget) {
        this.nfa = nfa;
        this.stopAtAccept = stopAtAccept;
        this.budget = budget;
        this.classes = SymbolClasses.separating(nfa.sets());
        this.classOf = classes.table();
        this.classesInSet = nfa.sets().stream().map(classes::classesIn).toArray(BitSet[]::new);
        this.columns = classes.count() + 1;
        this.seen = new int[nfa.size()];
        this.stack = new int[nfa.size()];
        clear();
    }

    /** Whether the input as a whole, with its begin and end, leads to an accepting state. */
    boolean matchesAll(byte[] data, int from, int to) {
        int state = afterAll(data, from, to);
        return table[state + columns - 1] != 0;
    }

    /** The state after the begin, all bytes and the end of an input; {@link #DEAD} if none. */
    int afterAll(byte[] data, int from, int to) {
        int state = begun();
        int[] rowsNow = table;
        int[] classNow = classOf;
        for (int i = from; i < to; i++) {
            int following = rowsNow[state + classNow[data[i] & 0xff]];
            if (following <= DEAD) {
                if (following == DEAD) {
                    return DEAD;
                }
                following = build(state, classNow[data[i] & 0xff]);
                if (following == DEAD) {
                    return DEAD;
                }
                rowsNow = table;
            }
            state = following;
        }
        return step(state, Symbols.END);
    }

    /**
     * Whether an accepting state is reached after any byte or at the end; an accept before the first byte does not
     * count, as in Zeek's {@code Specific_RE_Matcher::Match}. Only for an automaton that stops at the first accept.
     */
    boolean reachesAccept(byte[] data, int from, int to) {
        int state = begun();
        int[] rowsNow = table;
        int[] classNow = classOf;
        for (int i = from; i < to; i++) {
            int following = rowsNow[state + classNow[data[i] & 0xff]];
            if (following <= DEAD) {
                if (following == UNKNOWN) {
                    following = build(state, classNow[data[i] & 0xff]);
                    rowsNow = table;
                }
                if (following <= DEAD) {
                    return following == ACCEPTED;
                }
            }
            state = following;
        }
        return step(state, Symbols.END) == ACCEPTED;
    }

    /**
     * Length of the longest accepted prefix of the bytes, or -1.
     *
     * @param begin whether the first byte is the first of the input
     * @param end whether the last byte is the last of the input
     */
    int longestPrefix(byte[] data, int from, int to, boolean begin, boolean end) {
        int state = begin ? begun() : initial();
        int[] rowsNow = table;
        int[] classNow = classOf;
        int acceptColumn = columns - 1;
        int longest = rowsNow[state + acceptColumn] != 0 ? 0 : -1;
        for (int i = from; i < to; i++) {
            int following = rowsNow[state + classNow[data[i] & 0xff]];
            if (following <= DEAD) {
                if (following == UNKNOWN) {
                    following = build(state, classNow[data[i] & 0xff]);
                    rowsNow = table;
                }
                if (following == DEAD) {
                    return longest;
                }
            }
            state = following;
            if (rowsNow[state + acceptColumn] != 0) {
                longest = i + 1 - from;
            }
        }
        return end && accepts(step(state, Symbols.END)) ? to - from : longest;
    }

    boolean accepts(int state) {
        return table[state + columns - 1] != 0;
    }

    /** The accept ids of {@code state}, ascending: read only. */
    int[] acceptIds(int state) {
        return acceptIds.get(table[state + columns - 1]);
    }

    /** The NFA states that {@code state} stands for: read only. */
    int[] members(int state) {
        return members.get(state / columns);
    }

    /** Changes whenever all states have been thrown away. */
    int generation() {
        return generation;
    }

    int stateCount() {
        return members.size();
    }

    /** The state before any symbol. */
    int initial() {
        if (initial < 0) {
            startRound();
            reach(nfa.start());
            int state = intern(collected());
            initial = state;
        }
        return initial;
    }

    /** The state after the begin of an input. */
    int begun() {
        if (begun < 0) {
            int start = initial();
            begun = computed(start, classes.of(Symbols.BEGIN), false);
        }
        return begun;
    }

    /** The state that follows {@code state} on a symbol; {@link #DEAD} if none. */
    int step(int state, int symbol) {
        int symbolClass = classOf[symbol];
        int following = table[state + symbolClass];
        return following == UNKNOWN ? build(state, symbolClass) : following;
    }

    /** The name in this generation of the state that stands for {@code nfaStates}. */
    int intern(int[] nfaStates) {
        if (nfaStates.length == 0) {
            return DEAD;
        }
        StateSet key = StateSet.of(nfaStates);
        Integer known = rows.get(key);
        if (known != null) {
            return known;
        }
        long needed = (long) (members.size() + 1) * columns + setInts + nfaStates.length;
        if (needed > budget && members.size() > 1) {
            clear();
            generation++;
        }
        int state = addRow(nfaStates);
        rows.put(key, state);
        return state;
    }

    private int build(int state, int symbolClass) {
        return computed(state, symbolClass, stopAtAccept);
    }

    private int computed(int state, int symbolClass, boolean stop) {
        int before = generation;
        int[] following = follow(members(state), symbolClass);
        int target = stop && hasAccept(following) ? ACCEPTED : intern(following);
        if (generation == before && (stop || !stopAtAccept)) {
            table[state + symbolClass] = target;
        }
        return target;
    }

    private boolean hasAccept(int[] nfaStates) {
        for (int state : nfaStates) {
            if (nfa.accept()[state] != 0) {
                return true;
            }
        }
        return false;
    }

    private int[] follow(int[] nfaStates, int symbolClass) {
        startRound();
        for (int state : nfaStates) {
            int set = nfa.set()[state];
            if (set >= 0 && classesInSet[set].get(symbolClass)) {
                reach(nfa.next()[state]);
            }
        }
        return collected();
    }

    private void startRound() {
        foundCount = 0;
        if (++seenRound == 0) {
            Arrays.fill(seen, 0);
            seenRound = 1;
        }
    }

    /** Collects the consuming and the accepting states that {@code from} leads to without consuming. */
    private void reach(int from) {
        int depth = 0;
        depth = visit(from, depth);
        while (depth > 0) {
            int state = stack[--depth];
            if (nfa.set()[state] >= 0 || nfa.accept()[state] != 0) {
                if (foundCount == found.length) {
                    found = Arrays.copyOf(found, foundCount * 2);
                }
                found[foundCount++] = state;
            }
            if (nfa.set()[state] < 0) {
                depth = visit(nfa.next()[state], depth);
                depth = visit(nfa.alt()[state], depth);
            }
        }
    }

    private int visit(int state, int depth) {
        if (state < 0 || seen[state] == seenRound) {
            return depth;
        }
        seen[state] = seenRound;
        stack[depth] = state;
        return depth + 1;
    }

    private int[] collected() {
        int[] states = Arrays.copyOf(found, foundCount);
        Arrays.sort(states);
        return states;
    }

    private void clear() {
        rows.clear();
        members.clear();
        acceptIds.clear();
        acceptIndex.clear();
        setInts = 0;
        initial = UNKNOWN;
        begun = UNKNOWN;
        acceptIds.add(NO_IDS);
        addRow(NO_IDS);
        Arrays.fill(table, 0, columns, DEAD);
    }

    private int addRow(int[] nfaStates) {
        int row = members.size() * columns;
        if (row + columns > table.length) {
            table = Arrays.copyOf(table, Math.max(table.length * 2, 4 * columns));
        }
        Arrays.fill(table, row, row + columns - 1, UNKNOWN);
        table[row + columns - 1] = acceptIndexOf(nfaStates);
        members.add(nfaStates);
        setInts += nfaStates.length;
        return row;
    }

    private int acceptIndexOf(int[] nfaStates) {
        int[] ids = Arrays.stream(nfaStates)
                .map(state -> nfa.accept()[state])
                .filter(id -> id != 0)
                .sorted()
                .distinct()
                .toArray();
        if (ids.length == 0) {
            return 0;
        }
        return acceptIndex.computeIfAbsent(StateSet.of(ids), key -> {
            acceptIds.add(key.states());
            return acceptIds.size() - 1;
        });
    }
}
