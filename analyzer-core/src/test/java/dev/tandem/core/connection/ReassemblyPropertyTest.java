package dev.tandem.core.connection;

import static dev.tandem.core.packet.TcpHeader.ACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever order segments come in, however often, however they overlap, contradict each other and get lost: every byte of the
 * stream is handed over once and in order, as it came first, or is reported missing.
 */
class ReassemblyPropertyTest {
    private static final int STREAM = 4000;
    private static final int MISSING = -1;
    private static final int NEVER_CAME = -2;

    private final Shard shard = new Shard();
    private final Dialogue talk = new Dialogue(shard);

    /** What was handed over, by offset: bytes, or {@link #MISSING}. */
    private final List<Integer> got = new ArrayList<>();

    private long reportedMissing;
    private int ends;

    static long[] seeds() {
        long[] seeds = new long[200];
        Arrays.setAll(seeds, i -> i);
        return seeds;
    }

    private void takeStream() {
        shard.registry
                .event("new_connection")
                .handler((type, arguments) -> shard.tracker
                        .table()
                        .forEach(c -> ((TcpConnection) c).consumer(new StreamConsumer() {
                            @Override
                            public void data(boolean fromOriginator, byte[] data, int from, int bytes) {
                                for (int i = 0; !fromOriginator && i < bytes; i++) {
                                    got.add(data[from + i] & 0xff);
                                }
                            }

                            @Override
                            public void gap(boolean fromOriginator, long sequence, long bytes) {
                                assertEquals(
                                        got.size() + 1, sequence, "a gap elsewhere than behind what was handed over");
                                for (int i = 0; i < bytes; i++) {
                                    got.add(MISSING);
                                }
                                reportedMissing += bytes;
                            }

                            @Override
                            public void endOfStream(boolean fromOriginator) {
                                if (!fromOriginator) {
                                    ends++;
                                }
                            }
                        })));
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
        byte[] stream = new byte[STREAM];
        random.nextBytes(stream);
        shard.settings.tcpMaxAboveHoleWithoutAnyAcks = 0;
        takeStream();
        // Some streams wrap round the 32 bits.
        talk.server = seed % 5 == 0 ? 0xffff_ffffL - random.nextInt(STREAM) : 5000;
        talk.handshake();
        long start = talk.server;

        List<Piece> pieces = pieces(random, stream, lossy, contradictory);
        disturb(pieces, random);
        int[] first = new int[STREAM];
        Arrays.fill(first, NEVER_CAME);
        int acknowledged = 0;
        for (Piece piece : pieces) {
            for (int i = 0; i < piece.bytes.length; i++) {
                int at = piece.from + i;
                // What was acknowledged before it came is a gap already.
                if (first[at] == NEVER_CAME && at >= acknowledged) {
                    first[at] = piece.bytes[i] & 0xff;
                }
            }
            shard.send(talk.fromServer(ACK)
                    .sequence(start + piece.from & 0xffff_ffffL)
                    .payload(piece.bytes)
                    .build());
            if (random.nextInt(6) == 0) {
                acknowledged = Math.max(acknowledged, random.nextInt(piece.from + piece.bytes.length + 1));
                talk.server = start + acknowledged & 0xffff_ffffL;
                talk.clientAck();
            }
        }
        talk.server = start + STREAM & 0xffff_ffffL;
        talk.serverFin();
        talk.clientFin().serverAck();
        shard.finish();

        assertEquals(STREAM, got.size(), "not all of the stream, or some of it twice");
        long missing = 0;
        for (int at = 0; at < STREAM; at++) {
            int expected = first[at] == NEVER_CAME ? MISSING : first[at];
            missing += expected == MISSING ? 1 : 0;
            assertEquals(expected, (int) got.get(at), "at " + at);
        }
        assertEquals(missing, reportedMissing);
        assertTrue(lossy || acknowledged > 0 || missing == 0);
        assertEquals(1, ends);
        assertEquals(STREAM, Objects.requireNonNull(shard.only().resp()).size);
        assertEquals(0, shard.tracker.streamMemory().bytes(), "memory is still reckoned to a stream that is gone");
    }
}
