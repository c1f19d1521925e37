package dev.tandem.hostprotocol.remote;

import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.query.HostSchedule;
import dev.tandem.hostprotocol.result.LogBatch;
import dev.tandem.hostprotocol.result.ResultJournal;
import dev.tandem.hostprotocol.result.ResultRow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands behind the API. Any thread; nothing blocks. */
public interface Reception {
    /** The clock, seconds since 1970. */
    double now();

    /** A node has made a good request. */
    void seen(Node node);

    /** What a node is asked by now. */
    HostSchedule schedule(Node node);

    /** Takes a batch, now or, when the engine lags, a little later; or refuses it. */
    void deliver(LogBatch batch, ResultJournal.Outcome outcome);

    /** Lines that were none. */
    void refusedLines(Node node, long lines, @Nullable String reason);

    /** What a node is to answer once, SQL by id. */
    Map<String, String> questions(Node node);

    /** Whether there is room for answers of this size. */
    boolean hasRoom(long bytes);

    /**
     * A node's answer to one of its {@link #questions}.
     *
     * @param error why there is none; null when there is
     */
    void answer(Node node, String id, List<ResultRow> rows, @Nullable String error, long bytes);
}
