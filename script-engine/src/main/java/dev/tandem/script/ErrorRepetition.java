package dev.tandem.script;

import dev.tandem.script.source.Position;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an error that each packet causes from filling the disk: an error at the same place of a script is told some times, then
 * only at each tenfold of its count.
 */
final class ErrorRepetition {
    private static final int ALWAYS = 100;

    private final Map<Position, Long> counts = new HashMap<>();

    /** Counts an error. Returns what to add to its message, which may be nothing; null when it is not to be told. */
    @Nullable
    String count(Position at) {
        long n = counts.merge(at, 1L, Long::sum);
        if (n < ALWAYS) {
            return "";
        }
        return isPowerOfTen(n) ? " [" + n + " times so far; told again at " + n * 10 + "]" : null;
    }

    private static boolean isPowerOfTen(long n) {
        long power = 1;
        while (power < n) {
            power *= 10;
        }
        return power == n;
    }
}
