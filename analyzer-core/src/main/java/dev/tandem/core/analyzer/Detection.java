package dev.tandem.core.analyzer;

import dev.tandem.core.analyzer.ProtocolDetector.Match;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first bytes of a connection until every candidate has matched both sides or is out. Keeps what came meanwhile, so
 * that an analyzer that is found late still gets all of it (zeek {@code src/analyzer/protocol/pia/PIA.cc}).
 */
final class Detection {
    /** More than that before anything is recognised, and nothing will be. Bytes; zeek's dpd_buffer_size is smaller. */
    private static final int MOST_KEPT = 8192;

    /** What came from one side, kept for an analyzer to come. */
    private record Chunk(boolean fromOriginator, byte[] bytes) {}

    /** The protocols that it still may be; each bit of the sides' masks is an index here. */
    private final List<AnalyzerTag> candidates;

    private long possible;
    private long originatorMatched;
    private long responderMatched;
    private byte @Nullable [] originatorBegin;
    private byte @Nullable [] responderBegin;
    private final List<Chunk> kept = new ArrayList<>(2);
    private int keptBytes;

    /** @param candidates at most 64, each with a detector */
    Detection(List<AnalyzerTag> candidates) {
        this.candidates = candidates;
        possible = candidates.size() == Long.SIZE ? -1 : (1L << candidates.size()) - 1;
    }

    /** Takes an analyzer off the list: it is attached already. */
    void exclude(AnalyzerTag tag) {
        int i = candidates.indexOf(tag);
        if (i >= 0) {
            possible &= ~(1L << i);
        }
    }

    boolean isOver() {
        return possible == 0;
    }

    /** Returns the protocol when these bytes settle it, else null. */
    @Nullable
    AnalyzerTag data(boolean fromOriginator, byte[] data, int from, int bytes) {
        byte[] before = fromOriginator ? originatorBegin : responderBegin;
        AnalyzerTag found = before == null
                ? look(fromOriginator, data, from, from + bytes)
                : more(fromOriginator, before, data, from, bytes);
        if (found != null) {
            return found;
        }
        if (possible != 0) {
            keep(fromOriginator, data, from, bytes);
        }
        return null;
    }

    private @Nullable AnalyzerTag more(boolean fromOriginator, byte[] before, byte[] data, int from, int bytes) {
        if ((possible & ~matched(fromOriginator)) == 0) {
            return null;
        }
        byte[] all = Arrays.copyOf(before, before.length + bytes);
        System.arraycopy(data, from, all, before.length, bytes);
        return look(fromOriginator, all, 0, all.length);
    }

    private long matched(boolean fromOriginator) {
        return fromOriginator ? originatorMatched : responderMatched;
    }

    private @Nullable AnalyzerTag look(boolean fromOriginator, byte[] data, int from, int to) {
        long open = possible & ~matched(fromOriginator);
        while (open != 0) {
            int i = Long.numberOfTrailingZeros(open);
            long bit = 1L << i;
            open &= ~bit;
            ProtocolDetector detector = candidates.get(i).detector();
            Match match = detector == null ? Match.NO : detector.match(fromOriginator, data, from, to);
            if (match == Match.NO) {
                possible &= ~bit;
            } else if (match == Match.YES) {
                if (fromOriginator) {
                    originatorMatched |= bit;
                } else {
                    responderMatched |= bit;
                }
                if ((originatorMatched & responderMatched & bit) != 0) {
                    possible = 0;
                    return candidates.get(i);
                }
            }
        }
        return null;
    }

    private void keep(boolean fromOriginator, byte[] data, int from, int bytes) {
        keptBytes += bytes;
        if (keptBytes > MOST_KEPT) {
            possible = 0;
            return;
        }
        byte[] copy = Arrays.copyOfRange(data, from, from + bytes);
        kept.add(new Chunk(fromOriginator, copy));
        if (fromOriginator) {
            originatorBegin = joined(originatorBegin, copy);
        } else {
            responderBegin = joined(responderBegin, copy);
        }
    }

    private static byte[] joined(byte @Nullable [] before, byte[] next) {
        if (before == null) {
            return next;
        }
        byte[] all = Arrays.copyOf(before, before.length + next.length);
        System.arraycopy(next, 0, all, before.length, next.length);
        return all;
    }

    /** Gives an analyzer what came before it was found. */
    void replay(Analyzer analyzer) {
        for (Chunk chunk : kept) {
            analyzer.data(chunk.fromOriginator, chunk.bytes, 0, chunk.bytes.length);
        }
    }
}
