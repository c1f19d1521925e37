package dev.tandem.core.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one host: who had a process number at what time. Numbers are used again, programs replace one another
 * under one number (exec), and rows of both come late and not all: so each number keeps what it was, one after the other.
 */
public final class ProcessTable {
    /** Linux has at most so many process numbers unless it is told otherwise (kernel.pid_max, PID_MAX_DEFAULT). */
    static final int MOST = 32768;

    private static final int MOST_LIVES = 8;
    private static final int MOST_ANCESTORS = 64;

    private final Map<Integer, List<ProcessInfo>> lives = new LinkedHashMap<>(64, 0.75f, true);

    /** By parent, the numbers whose lives began under it. */
    private final Map<Integer, Set<Integer>> children = new HashMap<>();

    /** Numbers that the host's table of processes has: they are there until it says that they are gone. */
    private final Set<Integer> listed = new HashSet<>();

    private long forgotten;

    /** A fork, or an exec: from then on the number is this. */
    public void started(ProcessInfo p, boolean isFork) {
        ProcessInfo told = p;
        if (isFork && p.parent() > 0) {
            // A child runs its parent's program until it replaces it.
            ProcessInfo parent = at(p.parent(), p.since(), p.path(), p.auid());
            if (parent != null && parent.path().equals(p.path()) && p.cmdline().isEmpty()) {
                told = p.withCmdline(parent.cmdline());
            }
            forked(parent, told);
        }
        remember(told);
    }

    /**
     * What a fork tells of the parent: the record is of the parent's call, so program and user are the parent's (fork(2):
     * the child has a copy of them). So a parent is known whose own row was lost, or that changed its user after its start.
     */
    private void forked(@Nullable ProcessInfo parent, ProcessInfo child) {
        ProcessInfo same = parent != null && parent.path().equals(child.path()) ? parent : null;
        if (child.uid() < 0 || same != null && same.uid() == child.uid()) {
            return;
        }
        remember(new ProcessInfo(
                child.parent(),
                child.path(),
                same == null ? "" : same.cmdline(),
                child.uid(),
                child.auid(),
                parent == null ? -1 : parent.parent(),
                child.since(),
                Double.POSITIVE_INFINITY));
    }

    /** The process was found running; it started at its {@code since}, but may have become what it is later. */
    public void running(ProcessInfo p) {
        listed.add(p.pid());
        double since = p.since();
        for (ProcessInfo life : ofPid(p.pid())) {
            since = Math.max(since, life.since());
        }
        remember(new ProcessInfo(p.pid(), p.path(), p.cmdline(), p.uid(), p.auid(), p.parent(), since, p.until()));
    }

    /** The process that had the number is gone. */
    public void gone(int pid, double at) {
        listed.remove(pid);
        List<ProcessInfo> all = lives.get(pid);
        if (all == null) {
            return;
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            // The number may have been used again since: rows of events come faster than those of tables.
            if (all.get(i).since() <= at && Double.isInfinite(all.get(i).until())) {
                all.set(i, all.get(i).ended(at));
                return;
            }
        }
    }

    private void remember(ProcessInfo p) {
        List<ProcessInfo> all = lives.computeIfAbsent(p.pid(), k -> new ArrayList<>(2));
        int n = all.size();
        if (n > 0 && all.get(n - 1).isLike(p)) {
            ProcessInfo last = all.get(n - 1);
            all.set(
                    n - 1,
                    new ProcessInfo(
                            last.pid(),
                            last.path(),
                            p.cmdline(),
                            last.uid(),
                            last.auid() == -1 ? p.auid() : last.auid(),
                            last.parent(),
                            last.since(),
                            Double.POSITIVE_INFINITY));
            return;
        }
        int at = n;
        while (at > 0 && all.get(at - 1).since() > p.since()) {
            at--;
        }
        all.add(at, p);
        children.computeIfAbsent(p.parent(), k -> new LinkedHashSet<>(4)).add(p.pid());
        if (all.size() > MOST_LIVES) {
            forget(all.remove(0), all);
            forgotten++;
        }
        if (lives.size() > MOST) {
            var eldest = lives.values().iterator();
            List<ProcessInfo> gone = eldest.next();
            eldest.remove();
            listed.remove(gone.get(0).pid());
            gone.forEach(life -> forget(life, List.of()));
            forgotten++;
        }
    }

    /** @param left what the number still was besides */
    private void forget(ProcessInfo life, List<ProcessInfo> left) {
        Set<Integer> siblings = children.get(life.parent());
        if (siblings == null || left.stream().anyMatch(other -> other.parent() == life.parent())) {
            return;
        }
        siblings.remove(life.pid());
        if (siblings.isEmpty()) {
            children.remove(life.parent());
        }
    }

    /**
     * Those of the same parent that ran the same program with the same command line at a time of the host's clock, the
     * process among them. A command line that is not known is like any other.
     */
    public List<ProcessInfo> alike(ProcessInfo p, double time) {
        List<ProcessInfo> all = new ArrayList<>();
        for (int pid : children.getOrDefault(p.parent(), Set.of())) {
            ProcessInfo other = at(pid, time, "", -1);
            if (other != null
                    && other.parent() == p.parent()
                    && other.path().equals(p.path())
                    && (other.cmdline().equals(p.cmdline())
                            || other.cmdline().isEmpty()
                            || p.cmdline().isEmpty())
                    && other.since() <= time + 1
                    && other.until() >= time) {
                all.add(other);
            }
        }
        return all;
    }

    private List<ProcessInfo> ofPid(int pid) {
        List<ProcessInfo> all = lives.get(pid);
        return all == null ? List.of() : all;
    }

    /**
     * The process that had the number at a time of the host's clock.
     *
     * @param path of its program when known, else empty: with the login user it tells apart processes that had the number one
     *     after the other within the same second
     * @param auid the login user; -1 when not known. A login user is set once, so one that had another is somebody else
     * @return null when nothing is known of the number
     */
    public @Nullable ProcessInfo at(int pid, double time, String path, long auid) {
        ProcessInfo best = null;
        int bestLikeness = 0;
        for (ProcessInfo life : ofPid(pid)) {
            // Stamps are in whole seconds.
            if (best != null && life.since() > time + 1) {
                break;
            }
            if (!life.mayHaveLogin(auid)) {
                continue;
            }
            int likeness = likeness(life, path, auid);
            if (best == null || likeness >= bestLikeness) {
                best = life;
                bestLikeness = likeness;
            }
        }
        return best;
    }

    private static int likeness(ProcessInfo p, String path, long auid) {
        int n = 0;
        if (!path.isEmpty() && p.path().equals(path)) {
            n += 2;
        }
        if (auid != -1 && p.auid() == auid) {
            n += 1;
        }
        return n;
    }

    /** The process and those it comes from, to where nothing more is known; empty when it is not known itself. */
    public List<ProcessInfo> tree(int pid, double time) {
        List<ProcessInfo> all = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        ProcessInfo p = at(pid, time, "", -1);
        // Numbers that were used again may make rings.
        while (p != null && seen.add(p.pid()) && all.size() < MOST_ANCESTORS) {
            all.add(p);
            p = p.parent() > 0 ? at(p.parent(), Math.min(time, p.since()), "", -1) : null;
        }
        return all;
    }

    /** How many numbers are known. */
    public int size() {
        return lives.size();
    }

    /** How many were forgotten for want of room. */
    public long forgotten() {
        return forgotten;
    }

    /**
     * Forgets numbers that nothing was told of and nobody asked for since that time of the host's clock, but for those that
     * the host's table has: what runs for weeks is told of once.
     */
    void expire(double before) {
        var all = lives.values().iterator();
        while (all.hasNext()) {
            List<ProcessInfo> one = all.next();
            ProcessInfo last = one.get(one.size() - 1);
            if (listed.contains(last.pid())) {
                continue;
            }
            if ((Double.isInfinite(last.until()) ? last.since() : last.until()) >= before) {
                return;
            }
            all.remove();
            one.forEach(life -> forget(life, List.of()));
        }
    }
}
