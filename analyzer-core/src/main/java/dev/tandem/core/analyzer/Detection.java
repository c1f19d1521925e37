package dev.tandem.core.analyzer;

import dev.tandem.core.analyzer.ProtocolDetector.Match;
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

    /** From so many bytes of one side on it is looked at only when it has grown by a part: not again for each byte. */
    private static final int OFTEN_UNTIL = 256;

    private static final int PART = 32;

    /** The first bytes of one side. */
    private static final class Begin {
        byte[] data = new byte[0];
        int length;
        int nextLook;

        void add(byte[] source, int from, int bytes) {
            if (length + bytes > data.length) {
                data = Arrays.copyOf(data, Math.max(length + bytes, 2 * length));
            }
            System.arraycopy(source, from, data, length, bytes);
            length += bytes;
        }

        boolean isDue() {
            if (length < nextLook) {
                return false;
            }
            nextLook = length < OFTEN_UNTIL ? length + 1 : length + length / PART;
            return true;
        }
    }

    /** The protocols that it still may be; each bit of the masks is an index here. */
    private final List<AnalyzerTag> candidates;

    /** Those for which the originator's side is open. */
    private long originatorOpen;

    private long responderOpen;

    /** Those of which one side has matched, and the other has to. */
    private long halfMatched;

    private final Begin originatorBegin = new Begin();
    private final Begin responderBegin = new Begin();

    /** The pieces as they came, for an analyzer to come: how many bytes, below 0 for the responder's. */
    private int[] pieces = new int[4];

    private int pieceCount;
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
        Begin begin = fromOriginator ? originatorBegin : responderBegin;
        AnalyzerTag found;
        if (begin.length == 0) {
            // Mostly enough, and then nothing is copied.
            found = look(fromOriginator, data, from, from + bytes);
            if (found == null && !isOver()) {
                begin.add(data, from, bytes);
            }
        } else {
            begin.add(data, from, bytes);
            found = begin.isDue() ? look(fromOriginator, begin.data, 0, begin.length) : null;
        }
        keptBytes += bytes;
        if (found != null || keptBytes > MOST_KEPT) {
            end();
        } else if (!isOver()) {
            if (pieceCount == pieces.length) {
                pieces = Arrays.copyOf(pieces, 2 * pieceCount);
            }
            pieces[pieceCount++] = fromOriginator ? bytes : -bytes;
        }
        return found;
    }

    private void end() {
        originatorOpen = 0;
        responderOpen = 0;
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

    /** Gives an analyzer what came before it was found. */
    void replay(Analyzer analyzer) {
        int originatorAt = 0;
        int responderAt = 0;
        for (int i = 0; i < pieceCount; i++) {
            int bytes = pieces[i];
            if (bytes > 0) {
                analyzer.data(true, originatorBegin.data, originatorAt, bytes);
                originatorAt += bytes;
            } else {
                analyzer.data(false, responderBegin.data, responderAt, -bytes);
                responderAt -= bytes;
            }
        }
    }
}
