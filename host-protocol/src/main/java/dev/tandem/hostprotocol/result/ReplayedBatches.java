package dev.tandem.hostprotocol.result;

import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** What a crash kept from the logs, out of the journal, in order. One thread. */
public final class ReplayedBatches {
    /** @param position of the journal after it */
    public record Replayed(LogBatch batch, long position) {}

    private final Iterator<Segments.Placed> records;
    private final NodeRegistry nodes;
    private final LineDecoder decoder = new LineDecoder();

    ReplayedBatches(Iterator<Segments.Placed> records, NodeRegistry nodes) {
        this.records = records;
        this.nodes = nodes;
    }

    /** Null when that was all. Batches of hosts that are not known any more are left out. */
    public @Nullable Replayed next() {
        while (records.hasNext()) {
            Segments.Placed placed = records.next();
            JournalRecord record = placed.record();
            Node node = nodes.find(record.node());
            if (node != null) {
                return new Replayed(
                        decoder.decode(node, record.arrival(), record.status(), record.lines()), placed.end());
            }
        }
        return null;
    }
}
