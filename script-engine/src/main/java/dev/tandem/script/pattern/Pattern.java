package dev.tandem.script.pattern;

import dev.tandem.core.value.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A {@code pattern} of scripts. Syntax, meaning and printed form are Zeek's (RE.cc, re-scan.l, re-parse.y): bytes, not
 * characters; no groups to refer back to, no lazy repetition; {@code ^} and {@code $} are symbols of their own before
 * the first and after the last byte, so that {@code a^b} matches nothing.
 *
 * <p>As in Zeek a pattern is two automata over texts derived from what was written: {@code ^?(re)$?} for a match of the
 * whole input, which also is the printed form and therefore the identity of a pattern, and {@code ^?(.|\n)*(re)} for a
 * match anywhere. Time is linear in the input for every pattern and input, and memory bounded: see {@link LazyDfa}.
 *
 * <p>Immutable as seen from outside, but matching builds states: a pattern belongs to one thread.
 */
public final class Pattern {
    private static final String EXACT_PREFIX = "^?(";
    private static final String EXACT_SUFFIX = ")$?";
    private static final String ANYWHERE_PREFIX = "^?(.|\\n)*(";
    private static final String ANYWHERE_SUFFIX = ")";
    private static final String ESCAPED = "^$-:\"\\/|*+?.(){}[]";

    private final String exactText;
    private final String anywhereText;
    private final Nfa anywhereNfa;

    // Built when first asked for: most patterns of a script set are never matched in a run, or only in one of the two
    // ways.
    private @Nullable LazyDfa exact;
    private @Nullable LazyDfa anywhere;

    private Pattern(String exactText, String anywhereText, int prefixLength, int textLength) {
        this.exactText = exactText;
        this.anywhereText = anywhereText;
        // The larger of the two: when it can be built, so can the other.
        this.anywhereNfa = parse(anywhereText, prefixLength, textLength);
    }

    private LazyDfa exact() {
        LazyDfa known = exact;
        if (known == null) {
            known = new LazyDfa(parse(exactText, 0, exactText.length()), false);
            exact = known;
        }
        return known;
    }

    private LazyDfa anywhere() {
        LazyDfa known = anywhere;
        if (known == null) {
            known = new LazyDfa(anywhereNfa, true);
            anywhere = known;
        }
        return known;
    }

    private static Nfa parse(String text, int prefixLength, int textLength) {
        NfaBuilder builder = new NfaBuilder();
        try {
            NfaBuilder.Fragment whole = PatternParser.parse(text, builder, false);
            builder.accept(whole, 1);
            return builder.build(whole);
        } catch (PatternSyntaxError e) {
            int position = Math.clamp(e.position() - prefixLength, 0, textLength);
            PatternSyntaxError shifted = new PatternSyntaxError(String.valueOf(e.getMessage()), position);
            shifted.initCause(e);
            throw shifted;
        }
    }

    /**
     * Compiles what stands between the slashes.
     *
     * @param text one char per byte; high bits of chars above 0xff are lost
     * @param caseInsensitive flag {@code i}
     * @param singleLine flag {@code s}: {@code .} matches a newline
     * @throws PatternSyntaxError if the text is malformed or expands to too many states
     */
    public static Pattern compile(String text, boolean caseInsensitive, boolean singleLine) {
        String modes = (singleLine ? "(?s:" : "") + (caseInsensitive ? "(?i:" : "");
        String closing = (singleLine ? ")" : "") + (caseInsensitive ? ")" : "");
        return new Pattern(
                modes + EXACT_PREFIX + text + EXACT_SUFFIX + closing,
                modes + ANYWHERE_PREFIX + text + ANYWHERE_SUFFIX + closing,
                modes.length() + ANYWHERE_PREFIX.length(),
                text.length());
    }

    /**
     * A pattern by both its texts, as another node sends them.
     *
     * @param exact as {@link #exactText}
     * @param anywhere as {@link #anywhereText}
     * @throws PatternSyntaxError if a text is malformed
     */
    public static Pattern ofTexts(String exact, String anywhere) {
        parse(exact, 0, exact.length());
        return new Pattern(exact, anywhere, 0, anywhere.length());
    }

    /** {@code text} with a backslash before every char that means something in a pattern, as convert_for_pattern. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (ESCAPED.indexOf(c) >= 0) {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.toString();
    }

    /** Whether the pattern matches all of {@code input}: {@code pattern == string} in scripts. */
    public boolean matchesExactly(Bytes input) {
        byte[] data = input.array();
        return exact().matchesAll(data, 0, data.length);
    }

    /**
     * Whether the pattern matches a part of {@code input}: {@code pattern in string} in scripts. A match of no bytes
     * counts only where the input has a byte or the pattern a {@code $}: {@code /a*}{@code /} is not in the empty string.
     */
    public boolean foundIn(Bytes input) {
        byte[] data = input.array();
        return anywhere().reachesAccept(data, 0, data.length);
    }

    /** As {@link #foundIn(Bytes)}, for the bytes from {@code from} up to {@code to} as an input of their own. */
    public boolean foundIn(byte[] data, int from, int to) {
        return anywhere().reachesAccept(data, from, to);
    }

    /** Length of the longest match that starts with the first byte of {@code input}; 0 for an empty one, -1 for none. */
    public int longestPrefix(Bytes input) {
        byte[] data = input.array();
        return exact().longestPrefix(data, 0, data.length, true, true);
    }

    /**
     * Length of the longest match that starts at {@code from} and ends at or before {@code to}; 0 for an empty one, -1
     * for none. Zeek: {@code RE_Matcher::MatchPrefix}, under find_all, sub, split_string and their kin.
     *
     * @param begin whether {@code ^} matches at {@code from}
     * @param end whether {@code $} matches at {@code to}
     */
    public int longestPrefix(byte[] data, int from, int to, boolean begin, boolean end) {
        return exact().longestPrefix(data, from, to, begin, end);
    }

    /** The pattern that matches what either matches: {@code |} in scripts. */
    public Pattern or(Pattern other) {
        return compile("(" + exactText + ")|(" + other.exactText + ")", false, false);
    }

    /** The pattern that matches a match of this followed by a match of {@code other}: {@code &} in scripts. */
    public Pattern concat(Pattern other) {
        return compile("(" + exactText + ")(" + other.exactText + ")", false, false);
    }

    /** As {@link #or}, with the printed form that {@code this += added} gives (Zeek Val.cc, PatternVal::AddTo). */
    public Pattern plus(Pattern added) {
        String text = "(" + EXACT_PREFIX + added.exactText + EXACT_SUFFIX + ")|(" + EXACT_PREFIX + exactText
                + EXACT_SUFFIX + ")";
        String anywhereOfBoth = "(" + ANYWHERE_PREFIX + added.exactText + ANYWHERE_SUFFIX + ")|(" + ANYWHERE_PREFIX
                + exactText + ANYWHERE_SUFFIX + ")";
        return new Pattern(text, anywhereOfBoth, 0, text.length());
    }

    /** The pattern as scripts print it, in slashes; flags appear inside: {@code /(?i:^?(foo)$?)/}. */
    public String text() {
        return "/" + exactText + "/";
    }

    /** The text between those slashes. */
    public String exactText() {
        return exactText;
    }

    /** The text that is searched for, with what stands for anything before it. */
    public String anywhereText() {
        return anywhereText;
    }

    int stateCount() {
        return exact().stateCount() + anywhere().stateCount();
    }

    /** Patterns are equal when they print the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Pattern p && exactText.equals(p.exactText);
    }

    @Override
    public int hashCode() {
        return exactText.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
