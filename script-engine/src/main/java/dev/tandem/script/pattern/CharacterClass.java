package dev.tandem.script.pattern;

import java.util.BitSet;

/**
 * A class in square brackets. A {@code ]} or {@code -} that comes first, also after {@code ^}, stands for itself; so does
 * a {@code -} that comes last. Elsewhere a {@code -} makes a range of two single bytes and nothing else. Source: the
 * class states of Zeek's re-scan.l and re-parse.y.
 */
final class CharacterClass {
    private final Scan scan;
    private final boolean caseInsensitive;
    private final int opening;
    private final BitSet members = new BitSet(Symbols.COUNT);

    private CharacterClass(Scan scan, boolean caseInsensitive) {
        this.scan = scan;
        this.caseInsensitive = caseInsensitive;
        this.opening = scan.position() - 1;
    }

    /** Reads a class up to its closing bracket; the opening one is taken already. */
    static BitSet parse(Scan scan, boolean caseInsensitive) {
        return new CharacterClass(scan, caseInsensitive).parse();
    }

    private BitSet parse() {
        boolean negated = scan.peek() == '^';
        if (negated) {
            scan.take();
        }
        boolean first = true;
        while (first || scan.peek() != ']') {
            if (!takeNamedClass()) {
                if (!first && scan.peek() == '-' && !dashIsLast()) {
                    throw scan.error("- without a single byte before it");
                }
                bytes(single());
            }
            first = false;
        }
        scan.take();
        if (negated) {
            members.flip(0, Symbols.BYTES);
        }
        return members;
    }

    private boolean takeNamedClass() {
        String name = scan.takeClassName();
        if (name == null) {
            return false;
        }
        String effective = caseInsensitive && (name.equals("lower") || name.equals("upper")) ? "alpha" : name;
        try {
            for (int c = 0; c < Symbols.BYTES; c++) {
                if (Symbols.inNamedClass(effective, c)) {
                    members.set(c);
                }
            }
        } catch (IllegalArgumentException unknown) {
            throw scan.error("unknown character class " + name);
        }
        return true;
    }

    private int single() {
        if (scan.atEnd()) {
            throw new PatternSyntaxError("unterminated character class", opening);
        }
        int c = scan.take();
        if (c == '\n') {
            throw scan.error("line break in a pattern");
        }
        return c == '\\' ? scan.escape() : c;
    }

    /** {@code from}, or the range that starts with it. */
    private void bytes(int from) {
        if (scan.peek() != '-' || dashIsLast()) {
            add(from, caseInsensitive);
            return;
        }
        scan.take();
        if (scan.takeClassName() != null) {
            throw scan.error("a range ends in a single byte");
        }
        int to = single();
        if (from > to) {
            throw scan.error("negative range in character class");
        }
        boolean folds = caseInsensitive && (Symbols.isAlpha(from) || Symbols.isAlpha(to));
        if (folds && !sameCase(from, to)) {
            throw scan.error("ambiguous case-insensitive character class");
        }
        for (int c = from; c <= to; c++) {
            add(c, folds);
        }
    }

    private static boolean sameCase(int a, int b) {
        return (Symbols.isLower(a) && Symbols.isLower(b)) || (Symbols.isUpper(a) && Symbols.isUpper(b));
    }

    private void add(int c, boolean bothCases) {
        members.set(c);
        if (bothCases && Symbols.isAlpha(c)) {
            members.set(Symbols.lower(c));
            members.set(Symbols.upper(c));
        }
    }

    private boolean dashIsLast() {
        return scan.peekAfter() == ']';
    }
}
