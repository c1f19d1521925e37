package dev.tandem.logwriters;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that several engines write to, if there are several: each engine formats rows into chunks of its own, and the chunks of
 * one log go to one file, in the order in which they come to the writer thread. Any thread.
 */
final class SharedFiles {
    private final Map<String, LogFile> open = new HashMap<>();
    private final Map<LogFile, Integer> fronts = new HashMap<>();
    private final Set<String> closed = new HashSet<>();
    private boolean several;

    /** From now on files are shared. */
    synchronized void share() {
        several = true;
    }

    /**
     * The file that a new front writes to: the one that is open for the same log already, or else this one.
     *
     * @return null when the one that is open has other columns
     */
    synchronized @Nullable LogFile join(LogFile made) {
        if (!several) {
            fronts.put(made, 1);
            return made;
        }
        LogFile known = open.get(made.key());
        if (known == null) {
            open.put(made.key(), made);
            fronts.put(made, 1);
            if (closed.contains(made.key())) {
                made.appends();
            }
            return made;
        }
        if (!known.isLike(made)) {
            return null;
        }
        fronts.merge(known, 1, Integer::sum);
        return known;
    }

    /** A front writes no more. Returns whether it was the last one: then the file is to be closed. */
    synchronized boolean leave(LogFile file) {
        Integer left = fronts.computeIfPresent(file, (f, n) -> n == 1 ? null : n - 1);
        if (left == null && several) {
            open.remove(file.key(), file);
            closed.add(file.key());
        }
        return left == null;
    }

    synchronized boolean several() {
        return several;
    }

    /** Whether other fronts than the one that asks write to it. */
    synchronized boolean isShared(LogFile file) {
        return fronts.getOrDefault(file, 0) > 1;
    }
}
