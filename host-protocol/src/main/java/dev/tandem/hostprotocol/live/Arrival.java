package dev.tandem.hostprotocol.live;

import dev.tandem.core.host.HostQuery;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.result.LogBatch;
import dev.tandem.hostprotocol.result.ResultRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for the engine thread. */
sealed interface Arrival {
    Node node();

    /** What it weighs in the {@link Intake}. */
    long bytes();

    /** @param position of the journal after it */
    record Logged(LogBatch batch, long position, long bytes) implements Arrival {
        @Override
        public Node node() {
            return batch.node();
        }
    }

    /** @param error null when there is none */
    record Answered(
            Node node,
            HostQuery query,
            List<ResultRow> rows,
            @Nullable String error,
            double arrival,
            long bytes) implements Arrival {}
}
