package dev.tandem.hostprotocol.result;

import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a crash kept from the logs, out of the journal, in order. One thread. */
public final class ReplayedBatches {
    /** @param position of the journal after it */
    public record Replayed(LogBatch batch, long position) {}

    private static final Logger LOG = LoggerFactory.getLogger(ReplayedBatches.class);

    private final Iterator<Segments.Placed> records;
    private final NodeRegistry nodes;
    private final LineDecoder decoder = new LineDecoder();

    ReplayedBatches(Iterator<Segments.Placed> records, NodeRegistry nodes) {
        this.records = records;
        this.nodes = nodes;
    }

    /** Null when that was all. Batches of hosts that are not known any more are left out. */
    public @Nullable Replayed next() {
        while (true) {
            Segments.Placed placed;
            try {
                if (!records.hasNext()) {
                    return null;
                }
                placed = records.next();
            } catch (UncheckedIOException e) {
                LOG.error("rows of hosts are missing from the logs: {}", e.getMessage());
                continue;
            }
            JournalRecord record = placed.record();
            Node node = nodes.find(record.node());
            if (node != null) {
                return new Replayed(
                        decoder.decode(node, record.arrival(), record.status(), record.lines()), placed.end());
            }
        }
    }
}
