package dev.tandem.script.pattern;

import dev.tandem.script.pattern.NfaBuilder.Fragment;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a pattern and builds its states in one pass. Syntax and quirks are those of Zeek's re-scan.l and
 * re-parse.y:
 *
 * <ul>
 *   <li>an alternative may be empty only before the first {@code |} or where there is no {@code |} at all;
 *   <li>{@code (?i:} and {@code (?s:} switch a mode on, the end of any such group switches it off, also inside another;
 *   <li>letters written as escapes, or between quotes, keep their case under {@code (?i:}.
 * </ul>
 *
 * Nesting lives on an explicit stack, so that deep nesting, as repeated {@code p = p | q} gives, cannot exhaust the
 * thread's. Two things are better than there: bytes above 0x7f may stand for themselves, and a class written the same
 * twice means at each place what the mode there says.
 */
final class PatternParser {
    private enum Opening {
        TEXT,
        GROUP,
        CASE_INSENSITIVE,
        SINGLE_LINE
    }

    /** An open parenthesis, or the text as a whole. */
    private static final class Level {
        final Opening opening;
        final int position;
        final int firstState;

        @Nullable
        Fragment alternatives;

        @Nullable
        Fragment series;

        @Nullable
        Fragment last;

        Level(Opening opening, int position, int firstState) {
            this.opening = opening;
            this.position = position;
            this.firstState = firstState;
        }
    }

    private final NfaBuilder builder;
    private final boolean newlineIsOrdinary;
    private final Scan scan;
    private final Deque<Level> open = new ArrayDeque<>();
    private Level level;
    private boolean caseInsensitive;
    private boolean singleLine;

    private PatternParser(String text, NfaBuilder builder, boolean newlineIsOrdinary) {
        this.builder = builder;
        this.newlineIsOrdinary = newlineIsOrdinary;
        this.scan = new Scan(text);
        this.level = new Level(Opening.TEXT, 0, builder.size());
    }

    /**
     * Adds the states of {@code text} to {@code builder}.
     *
     * @param newlineIsOrdinary whether {@code .} matches a newline everywhere
     * @throws PatternSyntaxError with a position in {@code text}
     */
    static Fragment parse(String text, NfaBuilder builder, boolean newlineIsOrdinary) {
        return new PatternParser(text, builder, newlineIsOrdinary).parse();
    }

    private Fragment parse() {
        while (!scan.atEnd()) {
            item();
            if (builder.size() > NfaBuilder.MAX_STATES) {
                throw tooLarge();
            }
        }
        if (!open.isEmpty()) {
            throw new PatternSyntaxError("missing ) for this (", level.position);
        }
        return close();
    }

    private void item() {
        int c = scan.take();
        switch (c) {
            case '^' -> push(Symbols.one(Symbols.BEGIN));
            case '$' -> push(Symbols.one(Symbols.END));
            case '.' -> push(Symbols.anyByte(singleLine || newlineIsOrdinary));
            case '|' -> alternative();
            case '(' -> openGroup();
            case ')' -> closeGroup();
            case '*' -> level.last = builder.star(repeated());
            case '+' -> level.last = builder.plus(repeated());
            case '?' -> level.last = builder.optional(repeated());
            case '{' -> repetition();
            case '}' -> throw scan.error("unmatched }");
            case '"' -> quoted();
            case '[' -> characterClass();
            case '\\' -> push(Symbols.one(scan.escape()));
            case '\n' -> throw scan.error("line break in a pattern");
            default -> push(caseInsensitive && Symbols.isAlpha(c) ? bothCases(c) : Symbols.one(c));
        }
    }

    private static BitSet bothCases(int letter) {
        BitSet set = Symbols.one(Symbols.lower(letter));
        set.set(Symbols.upper(letter));
        return set;
    }

    private void push(BitSet symbols) {
        push(builder.symbol(symbols));
    }

    private void push(Fragment item) {
        foldSeries();
        level.last = item;
    }

    private void foldSeries() {
        Fragment last = level.last;
        if (last != null) {
            level.series = level.series == null ? last : builder.concat(level.series, last);
            level.last = null;
        }
    }

    private void foldAlternatives() {
        foldSeries();
        Fragment series = level.series;
        if (series == null) {
            if (level.alternatives != null) {
                throw scan.error("nothing after |");
            }
            series = builder.empty();
        }
        level.alternatives = level.alternatives == null ? series : builder.either(level.alternatives, series);
        level.series = null;
    }

    private void alternative() {
        foldAlternatives();
    }

    private Fragment close() {
        foldAlternatives();
        Fragment whole = level.alternatives;
        if (whole == null) {
            throw new AssertionError("folding leaves a fragment");
        }
        return new Fragment(level.firstState, whole.start(), whole.end());
    }

    private void openGroup() {
        int position = scan.position() - 1;
        Opening opening = Opening.GROUP;
        if (scan.takeMode('i')) {
            opening = Opening.CASE_INSENSITIVE;
            caseInsensitive = true;
        } else if (scan.takeMode('s')) {
            opening = Opening.SINGLE_LINE;
            singleLine = true;
        }
        open.push(level);
        level = new Level(opening, position, builder.size());
    }

    private void closeGroup() {
        if (open.isEmpty()) {
            throw scan.error("unmatched )");
        }
        Fragment group = close();
        if (level.opening == Opening.CASE_INSENSITIVE) {
            caseInsensitive = false;
        } else if (level.opening == Opening.SINGLE_LINE) {
            singleLine = false;
        }
        level = open.pop();
        push(group);
    }

    private Fragment repeated() {
        Fragment last = level.last;
        if (last == null) {
            throw scan.error("nothing to repeat");
        }
        return last;
    }

    private void repetition() {
        if (!Symbols.isDigit(scan.peek())) {
            throw scan.error("no definitions in {} here, and no repetition count");
        }
        Fragment body = repeated();
        int min = scan.number();
        int max = min;
        if (scan.peek() == ',') {
            scan.take();
            max = Symbols.isDigit(scan.peek()) ? scan.number() : -1;
        }
        if (scan.atEnd() || scan.take() != '}') {
            throw scan.error("bad character inside {}");
        }
        if (max >= 0 && min > max) {
            throw scan.error("bad iteration values");
        }
        int times = max < 0 ? Math.min(min, NfaBuilder.MAX_STATES) + 1 : max;
        if (!builder.canRepeat(body, times)) {
            throw tooLarge();
        }
        level.last = builder.repeat(body, min, max);
    }

    private void quoted() {
        int position = scan.position() - 1;
        Fragment text = builder.empty();
        while (!scan.atEnd()) {
            int c = scan.take();
            if (c == '"') {
                push(text);
                return;
            }
            if (c == '\n') {
                throw scan.error("line break in a pattern");
            }
            text = builder.concat(text, builder.symbol(Symbols.one(c == '\\' ? scan.escape() : c)));
        }
        throw new PatternSyntaxError("missing closing \"", position);
    }

    private void characterClass() {
        if (scan.atEnd()) {
            push(Symbols.one('['));
        } else {
            push(CharacterClass.parse(scan, caseInsensitive));
        }
    }

    private PatternSyntaxError tooLarge() {
        return scan.error("pattern expands to more than " + NfaBuilder.MAX_STATES + " states");
    }
}
