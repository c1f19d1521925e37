package dev.tandem.hostprotocol.result;

import dev.tandem.hostprotocol.query.TableSchema;
import dev.tandem.hostprotocol.result.Batch.Change;
import dev.tandem.hostprotocol.result.ResultLine.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines together that one run of a query on a host gave, as one line each: they have equal name, unixTime, epoch
 * and counter. They count as one batch when they follow each other within {@link #GAP}; rows of event tables are never
 * put together, since each of them is a thing of its own.
 *
 * <p>Also finds the runs that tell a table's whole content: snapshots, and the first run of a differential query after
 * the host has forgotten the earlier ones (its counter is back at 0, osquery {@code core/query.cpp}).
 */
final class Runs {
    /** Seconds between two lines of one batch at most. */
    private static final double GAP = 0.001;

    /** What sets one run of a query apart from others. */
    private record Run(double unixTime, long epoch, long counter, boolean snapshot) {}

    private record Source(String hostId, String name) {}

    private final List<Batch> batches = new ArrayList<>();
    private final Map<Source, Run> last = new HashMap<>();

    private Recording.@Nullable Timed open;
    private List<Change> changes = new ArrayList<>();
    private boolean replace;
    private double arrival;

    /** @param lines by arrival */
    Runs(List<Recording.Timed> lines) {
        for (Recording.Timed line : lines) {
            add(line);
        }
        finish();
    }

    List<Batch> batches() {
        return batches;
    }

    private void add(Recording.Timed timed) {
        ResultLine line = timed.line();
        Content content = line.content();
        boolean snapshot = !(content instanceof Content.Difference);
        Run run = new Run(line.unixTime(), line.epoch(), line.counter(), snapshot);
        Run before = last.put(new Source(line.hostId(), line.name()), run);
        boolean fresh = startsOver(run, before) || content instanceof Content.Snapshot;
        if (open == null || fresh || !continues(timed, open)) {
            finish();
            open = timed;
            replace = fresh;
        }
        arrival = timed.arrival();
        if (content instanceof Content.Difference difference) {
            difference.removed().forEach(row -> changes.add(new Change(false, row)));
            difference.added().forEach(row -> changes.add(new Change(true, row)));
        } else {
            Recording.rows(content).forEach(row -> changes.add(new Change(true, row)));
        }
    }

    private static boolean startsOver(Run run, @Nullable Run before) {
        if (run.snapshot()) {
            return !run.equals(before);
        }
        return before != null
                && run.counter() == 0
                && !before.snapshot()
                && (before.counter() > 0 || before.epoch() != run.epoch());
    }

    private boolean continues(Recording.Timed next, Recording.Timed first) {
        ResultLine a = first.line();
        ResultLine b = next.line();
        return next.table().equals(first.table())
                && !TableSchema.isEvents(first.table())
                && a.hostId().equals(b.hostId())
                && a.name().equals(b.name())
                && a.unixTime() == b.unixTime()
                && a.epoch() == b.epoch()
                && a.counter() == b.counter()
                && next.arrival() - arrival <= GAP;
    }

    private void finish() {
        if (open != null) {
            ResultLine line = open.line();
            batches.add(
                    new Batch(line.hostId(), open.table(), arrival, line.unixTime(), replace, List.copyOf(changes)));
            open = null;
            changes = new ArrayList<>();
        }
    }
}
