package dev.tandem.script.pattern;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.pattern.NfaBuilder.Fragment;
import java.util.List;

/**
 * Many patterns matched in one pass over an input. For tables indexed by pattern, and for the signature and detection
 * patterns that are matched against data as it arrives. Immutable as seen from outside; states are built while matching,
 * so that a set and its matchers belong to one thread.
 */
public final class PatternSet {
    private final LazyDfa dfa;
    private final int size;

    private PatternSet(LazyDfa dfa, int size) {
        this.dfa = dfa;
        this.size = size;
    }

    /**
     * A set whose members match a whole input, as {@link Pattern#matchesExactly} does each.
     *
     * @throws PatternSyntaxError if the patterns together are too large
     */
    public static PatternSet of(List<Pattern> patterns) {
        return compile(patterns.stream().map(Pattern::exactText).toList(), false, LazyDfa.DEFAULT_BUDGET);
    }

    /**
     * A set of signature patterns, one char per byte in each text. They match from the begin of the data on, at every
     * place where one ends; {@code .} matches a newline too (Zeek RuleMatcher.cc).
     *
     * @throws PatternSyntaxError with a position in the text at fault
     */
    public static PatternSet ofSignatures(List<String> texts) {
        return compile(texts, true, LazyDfa.DEFAULT_BUDGET);
    }

    static PatternSet compile(List<String> texts, boolean newlineIsOrdinary, int budget) {
        NfaBuilder builder = new NfaBuilder();
        Fragment all = builder.optional(builder.symbol(Symbols.one(Symbols.BEGIN)));
        Fragment choice = null;
        for (int id = 1; id <= texts.size(); id++) {
            Fragment one = PatternParser.parse(texts.get(id - 1), builder, newlineIsOrdinary);
            builder.accept(one, id);
            choice = choice == null ? one : builder.fork(choice, one);
        }
        if (choice != null) {
            all = builder.concat(all, choice);
        }
        return new PatternSet(new LazyDfa(builder.build(all), false, budget), texts.size());
    }

    /** How many patterns the set was made of. */
    public int size() {
        return size;
    }

    /** The indices, ascending, of the patterns that match all of {@code input}; empty if none does. */
    public int[] matching(Bytes input) {
        byte[] data = input.array();
        int[] ids = dfa.acceptIds(dfa.afterAll(data, 0, data.length));
        int[] indices = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            indices[i] = ids[i] - 1;
        }
        return indices;
    }

    /** Whether any pattern matches all of {@code input}. */
    public boolean matchesExactly(Bytes input) {
        byte[] data = input.array();
        return dfa.matchesAll(data, 0, data.length);
    }

    /** A matcher for one stream of data, at its begin. */
    public StreamMatcher matcher() {
        return new StreamMatcher(dfa, size);
    }

    int stateCount() {
        return dfa.stateCount();
    }
}
