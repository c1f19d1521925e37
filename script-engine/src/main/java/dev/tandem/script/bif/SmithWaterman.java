package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ByteSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Common substrings of two strings by local alignment (Smith and Waterman, 1981), scored as Zeek's {@code
 * src/SmithWaterman.cc} does: a match counts 1, and 99 more when it continues one, so that long runs win.
 */
final class SmithWaterman {
    private static final int CONTINUED = 99;
    /** So many cells are worth their memory. */
    private static final long LARGEST = 16_000_000;

    /**
     * A common substring.
     *
     * @param first where it stands in the first string
     * @param second where it stands in the second string
     * @param begins whether an alignment begins with it
     */
    record Match(Bytes text, int first, int second, boolean begins) {
        private boolean covers(Match other) {
            return first <= other.first
                    && first + text.length() >= other.first + other.text.length()
                    && second <= other.second
                    && second + text.length() >= other.second + other.text.length();
        }
    }

    private final Bytes one;
    private final Bytes two;
    private final int shortest;
    private final int columns;
    private final boolean[] matches;
    private final boolean[] visited;
    private final int[] before;
    private int best = -1;

    private SmithWaterman(Bytes one, Bytes two, int shortest) {
        this.one = one;
        this.two = two;
        this.shortest = shortest;
        columns = two.length() + 1;
        int cells = (one.length() + 1) * columns;
        matches = new boolean[cells];
        visited = new boolean[cells];
        before = new int[cells];
        Arrays.fill(before, -1);
        score(new int[cells]);
    }

    static boolean isTooLarge(Bytes one, Bytes two) {
        return (one.length() + 1L) * (two.length() + 1L) > LARGEST;
    }

    /**
     * The common substrings in order of their place in the longer string.
     *
     * @param shortest substrings of fewer bytes do not count, except as the beginning of an alignment
     * @param repeated all alignments that no other covers, instead of the best one
     */
    static List<Match> run(Bytes one, Bytes two, long shortest, boolean repeated) {
        List<Match> found = new ArrayList<>();
        if (one.length() < shortest || two.length() < shortest) {
            return found;
        }
        SmithWaterman sw = new SmithWaterman(one, two, (int) shortest);
        if (repeated) {
            sw.collectAll(found);
        } else {
            found.addAll(sw.alignment(sw.best));
        }
        boolean firstIsLonger = one.length() > two.length();
        found.sort(Comparator.comparingInt(m -> firstIsLonger ? m.first : m.second));
        return found;
    }

    private void score(int[] scores) {
        int highest = 1;
        for (int row = 1; row <= one.length(); row++) {
            for (int column = 1; column < columns; column++) {
                int cell = row * columns + column;
                int diagonal = cell - columns - 1;
                int above = cell - columns;
                int left = cell - 1;
                if (one.at(row - 1) == two.at(column - 1)) {
                    matches[cell] = true;
                    scores[cell] = scores[diagonal] + 1 + (matches[diagonal] ? CONTINUED : 0);
                    before[cell] = diagonal;
                } else {
                    scores[cell] = Math.max(scores[diagonal], Math.max(scores[above], scores[left]));
                    before[cell] = scores[cell] == scores[above] ? above : left;
                }
                if (scores[cell] > highest) {
                    highest = scores[cell];
                    best = cell;
                }
            }
        }
    }

    /** Follows an alignment back from its last cell; the last match of the result begins it. */
    private List<Match> alignment(int last) {
        List<Match> found = new ArrayList<>();
        ByteSink backwards = new ByteSink();
        int start = 0;
        for (int cell = last; cell >= 0; cell = before[cell]) {
            visited[cell] = true;
            if (matches[cell]) {
                start = cell;
                backwards.add(one.at(cell / columns - 1));
                continue;
            }
            if (backwards.size() >= shortest) {
                found.add(match(backwards, start));
            }
            backwards.clear();
        }
        if (backwards.size() > 0) {
            found.add(match(backwards, start));
        }
        if (!found.isEmpty()) {
            Match m = found.remove(found.size() - 1);
            found.add(new Match(m.text, m.first, m.second, true));
        }
        return found;
    }

    private Match match(ByteSink backwards, int start) {
        Bytes text = StringFunctions.reverse(backwards.toBytes());
        return new Match(text, start / columns - 1, start % columns - 1, false);
    }

    private void collectAll(List<Match> found) {
        List<List<Match>> alignments = new ArrayList<>();
        for (int row = one.length(); row > 0; row--) {
            for (int column = columns - 1; column > 0; column--) {
                int cell = row * columns + column;
                if (matches[cell] && !visited[cell]) {
                    addUnlessCovered(alignments, alignment(cell));
                }
            }
        }
        alignments.forEach(found::addAll);
    }

    private static void addUnlessCovered(List<List<Match>> alignments, List<Match> added) {
        for (List<Match> old : alignments) {
            for (Match a : old) {
                for (Match b : added) {
                    if (a.covers(b)) {
                        return;
                    }
                    if (b.covers(a)) {
                        alignments.set(alignments.indexOf(old), List.of());
                        alignments.add(added);
                        return;
                    }
                }
            }
        }
        alignments.add(added);
    }
}
