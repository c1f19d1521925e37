package dev.tandem.hostprotocol.result;

import dev.tandem.hostprotocol.enroll.Node;
import java.util.List;

/**
 * What one request of a host brought to the logger, as it is journalled and as it is understood.
 *
 * @param arrival seconds since 1970
 * @param status whether the lines are osquery's own messages; else results
 * @param raw the lines as they came, those that could not be understood left out
 * @param results what the lines say; empty when they are messages
 * @param messages what the lines say; empty when they are results
 */
public record LogBatch(
        Node node,
        double arrival,
        boolean status,
        List<byte[]> raw,
        List<ResultLine> results,
        List<StatusLine> messages) {

    /** The lines at these positions. */
    LogBatch only(List<Integer> positions) {
        return new LogBatch(
                node,
                arrival,
                status,
                positions.stream().map(raw::get).toList(),
                status ? results : positions.stream().map(results::get).toList(),
                status ? positions.stream().map(messages::get).toList() : messages);
    }

    public int lines() {
        return raw.size();
    }

    /** Bytes of the raw lines. */
    public long bytes() {
        long sum = 0;
        for (byte[] line : raw) {
            sum += line.length;
        }
        return sum;
    }
}
