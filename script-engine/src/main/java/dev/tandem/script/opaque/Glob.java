package dev.tandem.script.opaque;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.pattern.PatternSyntaxError;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern of the shell, matched over bytes: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]}, {@code [[:alpha:]]} and
 * backslash, as POSIX fnmatch without flags and in the C locale. Immutable.
 */
final class Glob {
    private static final int STAR = -1;
    private static final int ANY = -2;
    private static final int NOTHING = -3;
    /** Classes count down from here. */
    private static final int FIRST_CLASS = -4;

    /** A byte to match, 0 to 255, or one of the codes above. */
    private final int[] items;

    private final List<BitSet> classes;

    Glob(Bytes text) {
        Parser parser = new Parser(text);
        parser.parse();
        this.items = parser.items.stream().mapToInt(Integer::intValue).toArray();
        this.classes = List.copyOf(parser.classes);
    }

    /** The longest run of bytes that a matching input must hold; empty if there is none. */
    Bytes longestLiteral() {
        int bestStart = 0;
        int bestEnd = 0;
        int start = 0;
        for (int i = 0; i <= items.length; i++) {
            if (i == items.length || items[i] < 0) {
                if (i - start > bestEnd - bestStart) {
                    bestStart = start;
                    bestEnd = i;
                }
                start = i + 1;
            }
        }
        byte[] literal = new byte[bestEnd - bestStart];
        for (int i = 0; i < literal.length; i++) {
            literal[i] = (byte) items[bestStart + i];
        }
        return Bytes.wrap(literal);
    }

    /** Whether the glob matches all of {@code input}. A star gives back one byte at a time, the last star only. */
    boolean matches(Bytes input) {
        int item = 0;
        int at = 0;
        int afterStar = -1;
        int starEnd = 0;
        while (at < input.length()) {
            if (item < items.length && items[item] == STAR) {
                afterStar = ++item;
                starEnd = at;
            } else if (item < items.length && accepts(items[item], input.at(at))) {
                item++;
                at++;
            } else if (afterStar >= 0) {
                item = afterStar;
                at = ++starEnd;
            } else {
                return false;
            }
        }
        while (item < items.length && items[item] == STAR) {
            item++;
        }
        return item == items.length;
    }

    private boolean accepts(int item, int value) {
        if (item >= 0) {
            return item == value;
        }
        return item == ANY
                || (item <= FIRST_CLASS && classes.get(FIRST_CLASS - item).get(value));
    }

    private static final class Parser {
        final List<Integer> items = new ArrayList<>();
        final List<BitSet> classes = new ArrayList<>();
        private final Bytes text;
        private int at;

        Parser(Bytes text) {
            this.text = text;
        }

        void parse() {
            while (at < text.length()) {
                int c = text.at(at++);
                switch (c) {
                    case '*' -> items.add(STAR);
                    case '?' -> items.add(ANY);
                    // A backslash at the end stands for nothing that an input could hold.
                    case '\\' -> items.add(at < text.length() ? text.at(at++) : NOTHING);
                    case '[' -> bracket();
                    default -> items.add(c);
                }
            }
        }

        /** A bracket that is never closed stands for itself. */
        private void bracket() {
            int start = at;
            BitSet members = new BitSet(256);
            boolean negated = peek(0) == '!' || peek(0) == '^';
            if (negated) {
                at++;
            }
            boolean first = true;
            while (first || peek(0) != ']') {
                first = false;
                if (at >= text.length() || !member(members)) {
                    at = start;
                    items.add((int) '[');
                    return;
                }
            }
            at++;
            if (negated) {
                members.flip(0, 256);
            }
            items.add(FIRST_CLASS - classes.size());
            classes.add(members);
        }

        private int peek(int ahead) {
            return at + ahead < text.length() ? text.at(at + ahead) : -1;
        }

        private boolean member(BitSet members) {
            if (peek(0) == '[' && peek(1) == ':' && namedClass(members)) {
                return true;
            }
            int from = single();
            if (from < 0) {
                return false;
            }
            if (peek(0) != '-' || peek(1) == ']' || peek(1) < 0) {
                members.set(from);
                return true;
            }
            at++;
            int to = single();
            if (to >= from) {
                members.set(from, to + 1);
            }
            return to >= 0;
        }

        private int single() {
            if (peek(0) == '\\') {
                at++;
            }
            int c = peek(0);
            at++;
            return c;
        }

        private boolean namedClass(BitSet members) {
            int end = text.indexOf(Bytes.latin1(":]"), at + 2);
            if (end < 0) {
                return false;
            }
            Pattern named;
            try {
                named = Pattern.compile("[" + text.slice(at, end + 2).latin1() + "]", false, false);
            } catch (PatternSyntaxError unknown) {
                return false;
            }
            for (int c = 0; c < 256; c++) {
                if (named.matchesExactly(Bytes.wrap(new byte[] {(byte) c}))) {
                    members.set(c);
                }
            }
            at = end + 2;
            return true;
        }
    }
}
