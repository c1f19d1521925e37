package dev.tandem.core.connection;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever order segments come in, however often, however they overlap, contradict each other and get lost: every byte of the
 * stream is handed over once and in order, as it came first, or is reported missing.
 */
class ReassemblyPropertyTest {
    private static final int STREAM = 4000;

    static long[] seeds() {
        long[] seeds = new long[200];
        Arrays.setAll(seeds, i -> i);
        return seeds;
    }

    private record Piece(int from, byte[] bytes) {}

    /** Pieces that overlap; some contradict what another holds, some of the stream is in none. */
    private static List<Piece> pieces(Random random, byte[] stream, boolean lossy, boolean contradictory) {
        List<Piece> pieces = new ArrayList<>();
        for (int at = 0; at < STREAM; ) {
            int bytes = Math.min(STREAM - at, 1 + random.nextInt(250));
            if (!lossy || random.nextInt(8) > 0) {
                pieces.add(new Piece(at, Arrays.copyOfRange(stream, at, at + bytes)));
            }
            while (random.nextInt(3) == 0) {
                int from = Math.max(0, at - random.nextInt(300));
                int to = Math.min(STREAM, from + 1 + random.nextInt(400));
                if (!lossy) {
                    to = Math.min(to, at + bytes);
                }
                byte[] again = Arrays.copyOfRange(stream, from, Math.max(from + 1, to));
                if (contradictory && random.nextBoolean()) {
                    again[random.nextInt(again.length)] ^= 0x55;
                }
                pieces.add(new Piece(from, again));
            }
            at += bytes;
        }
        return pieces;
    }

    /** Moves pieces about, never far: so that acknowledgements in between mean something. */
    private static void disturb(List<Piece> pieces, Random random) {
        int reach = 1 + random.nextInt(20);
        for (int i = 0; i < pieces.size(); i++) {
            int other = Math.min(pieces.size() - 1, i + random.nextInt(reach));
            pieces.set(i, pieces.set(other, pieces.get(i)));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyByteIsHandedOverOnceInOrderOrMissing(long seed) {
        Random random = new Random(seed);
        boolean lossy = seed % 2 == 1;
        boolean contradictory = seed % 3 == 0;
        byte[] bytes = new byte[STREAM];
        random.nextBytes(bytes);
        // Some streams wrap round the 32 bits.
        CheckedStream stream = new CheckedStream(STREAM, seed % 5 == 0 ? 0xffff_ffffL - random.nextInt(STREAM) : 5000);

        List<Piece> pieces = pieces(random, bytes, lossy, contradictory);
        disturb(pieces, random);
        boolean acknowledged = false;
        for (Piece piece : pieces) {
            stream.piece(piece.from, piece.bytes);
            if (random.nextInt(6) == 0) {
                acknowledged = true;
                stream.acknowledge(random.nextInt(piece.from + piece.bytes.length + 1));
            }
        }
        long missing = stream.end();
        assertTrue(lossy || acknowledged || missing == 0);
    }
}
