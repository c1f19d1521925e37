package dev.tandem.core.analyzer;

import dev.tandem.core.analyzer.ProtocolDetector.Match;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first bytes of a connection until a candidate matches or all are out. Keeps what came meanwhile, so
 * that an analyzer that is found late still gets all of it (zeek {@code src/analyzer/protocol/pia/PIA.cc}).
 */
final class Detection {
    /** More than that before anything is recognised, and nothing will be. Bytes; zeek's dpd_buffer_size is smaller. */
    private static final int MOST_KEPT = 8192;

    /** What came from one side, kept for an analyzer to come. */
    private record Chunk(boolean fromOriginator, byte[] bytes) {}

    /** The protocols that it still may be; each bit of the masks is an index here. */
    private final List<AnalyzerTag> candidates;

    /** Those for which the originator's side is open. */
    private long originatorOpen;

    private long responderOpen;

    /** Those of which one side has matched, and the other has to. */
    private long halfMatched;

    private byte @Nullable [] originatorBegin;
    private byte @Nullable [] responderBegin;
    private final List<Chunk> kept = new ArrayList<>(2);
    private int keptBytes;

    /** @param candidates at most 64, each with a detector */
    Detection(List<AnalyzerTag> candidates) {
        this.candidates = candidates;
        originatorOpen = candidates.size() == Long.SIZE ? -1 : (1L << candidates.size()) - 1;
        responderOpen = originatorOpen;
    }

    boolean hasSeenData() {
        return keptBytes > 0;
    }

    boolean isOver() {
        return (originatorOpen | responderOpen) == 0;
    }

    /** Returns the protocol when these bytes settle it, else null. */
    @Nullable
    AnalyzerTag data(boolean fromOriginator, byte[] data, int from, int bytes) {
        if (open(fromOriginator) != 0) {
            byte[] before = fromOriginator ? originatorBegin : responderBegin;
            AnalyzerTag found = before == null
                    ? look(fromOriginator, data, from, from + bytes)
                    : lookAgain(fromOriginator, before, data, from, bytes);
            if (found != null) {
                end();
                return found;
            }
        }
        if (!isOver()) {
            keep(fromOriginator, data, from, bytes);
        }
        return null;
    }

    private void end() {
        originatorOpen = 0;
        responderOpen = 0;
    }

    private @Nullable AnalyzerTag lookAgain(boolean fromOriginator, byte[] before, byte[] data, int from, int bytes) {
        byte[] all = Arrays.copyOf(before, before.length + bytes);
        System.arraycopy(data, from, all, before.length, bytes);
        return look(fromOriginator, all, 0, all.length);
    }

    private long open(boolean fromOriginator) {
        return fromOriginator ? originatorOpen : responderOpen;
    }

    private @Nullable AnalyzerTag look(boolean fromOriginator, byte[] data, int from, int to) {
        long open = open(fromOriginator);
        while (open != 0) {
            int i = Long.numberOfTrailingZeros(open);
            long bit = 1L << i;
            open &= ~bit;
            ProtocolDetector detector = candidates.get(i).detector();
            Match match = detector == null ? Match.NO : detector.match(fromOriginator, data, from, to);
            if (match == Match.MORE) {
                continue;
            }
            close(fromOriginator, bit);
            boolean both = detector != null && detector.needsBothSides();
            if (match == Match.NO) {
                if (both) {
                    close(!fromOriginator, bit);
                }
            } else if (!both || (halfMatched & bit) != 0) {
                return candidates.get(i);
            } else {
                halfMatched |= bit;
            }
        }
        return null;
    }

    private void close(boolean fromOriginator, long bit) {
        if (fromOriginator) {
            originatorOpen &= ~bit;
        } else {
            responderOpen &= ~bit;
        }
    }

    private void keep(boolean fromOriginator, byte[] data, int from, int bytes) {
        keptBytes += bytes;
        if (keptBytes > MOST_KEPT) {
            end();
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
