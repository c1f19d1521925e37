package dev.tandem.core.connection;

import static dev.tandem.core.packet.TcpHeader.ACK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a server sends in pieces, in any order and as often as one likes, and the check that every byte was handed over once and in
 * order, as it came first, or was reported missing.
 */
final class CheckedStream {
    private static final int MISSING = -1;
    private static final int NEVER_CAME = -2;

    private final Shard shard = new Shard(settings -> {
        settings.tcpMaxAboveHoleWithoutAnyAcks = 0;
        settings.batchBytes = 1 << 12;
    });
    private final Dialogue talk = new Dialogue(shard);
    private final long start;

    /** What came first, by offset: bytes, or {@link #NEVER_CAME}. */
    private final int[] first;

    /** What was handed over, by offset: bytes, or {@link #MISSING}. */
    private final List<Integer> got = new ArrayList<>();

    private long reportedMissing;
    private int acknowledged;
    private int ends;

    /** @param initial the sequence number of the server's SYN */
    CheckedStream(int bytes, long initial) {
        first = new int[bytes];
        Arrays.fill(first, NEVER_CAME);
        shard.registry
                .event("new_connection")
                .handler((type, arguments) ->
                        shard.tracker.table().forEach(c -> ((TcpConnection) c).consumer(new Listener())));
        talk.server = initial;
        talk.handshake();
        start = talk.server;
    }

    void piece(int from, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            // What was acknowledged before it came is a gap already.
            if (first[from + i] == NEVER_CAME && from + i >= acknowledged) {
                first[from + i] = bytes[i] & 0xff;
            }
        }
        shard.send(talk.fromServer(ACK)
                .sequence(start + from & 0xffff_ffffL)
                .payload(bytes)
                .build());
    }

    /** The client acknowledges all before that offset; less than before changes nothing. */
    void acknowledge(int upTo) {
        acknowledged = Math.max(acknowledged, upTo);
        talk.server = start + acknowledged & 0xffff_ffffL;
        talk.clientAck();
    }

    /** Both sides end; then all is checked. Returns how many bytes were missing. */
    long end() {
        talk.server = start + first.length & 0xffff_ffffL;
        talk.serverFin();
        talk.clientFin().serverAck();
        shard.finish();
        assertEquals(first.length, got.size(), "not all of the stream, or some of it twice");
        long missing = 0;
        for (int at = 0; at < first.length; at++) {
            int expected = first[at] == NEVER_CAME ? MISSING : first[at];
            missing += expected == MISSING ? 1 : 0;
            assertEquals(expected, (int) got.get(at), "at " + at);
        }
        assertEquals(missing, reportedMissing);
        assertEquals(1, ends);
        assertEquals(first.length, Objects.requireNonNull(shard.only().resp()).size);
        assertEquals(0, shard.tracker.streamMemory().bytes(), "memory is still reckoned to a stream that is gone");
        return missing;
    }

    private final class Listener implements StreamConsumer {
        @Override
        public void data(boolean fromOriginator, byte[] data, int from, int bytes) {
            for (int i = 0; !fromOriginator && i < bytes; i++) {
                got.add(data[from + i] & 0xff);
            }
        }

        @Override
        public void gap(boolean fromOriginator, long sequence, long bytes) {
            assertEquals(got.size() + 1, sequence, "a gap elsewhere than behind what was handed over");
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
    }
}
