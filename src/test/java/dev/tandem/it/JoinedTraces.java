package dev.tandem.it;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Many traces in one, each a while after the one before, so that one process reads them all. Those are taken that are Ethernet
 * in microseconds and little-endian, as nearly all are, and in order within two minutes.
 */
final class JoinedTraces {
    private static final int HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int ETHERNET = 1;
    private static final int START = 1_800_000_000;
    private static final int MOST_SECONDS = 120;

    private int count;
    private int end = START;

    /** Joins what lies below a folder into a file. */
    static JoinedTraces of(Path folder, Path file) throws IOException {
        JoinedTraces joined = new JoinedTraces();
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.filter(Files::isRegularFile).sorted().toList();
        }
        Random random = new Random(1);
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            for (Path trace : all) {
                ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(trace)).order(ByteOrder.LITTLE_ENDIAN);
                if (fits(in)) {
                    if (joined.count++ == 0) {
                        out.write(in.array(), 0, HEADER);
                    }
                    // Not at even distances: that would be a beacon.
                    joined.end += 5 + random.nextInt(15);
                    joined.append(in, out);
                }
            }
        }
        return joined;
    }

    private static boolean fits(ByteBuffer in) {
        if (in.remaining() <= HEADER + RECORD_HEADER || in.getInt(0) != MAGIC || in.getInt(20) != ETHERNET) {
            return false;
        }
        int first = in.getInt(HEADER);
        int before = first;
        for (int at = HEADER; hasPacket(in, at); at = following(in, at)) {
            int seconds = in.getInt(at);
            if (seconds < before || seconds > first + MOST_SECONDS) {
                return false;
            }
            before = seconds;
        }
        return true;
    }

    /** Whether there is a whole one; the last may be cut off. */
    private static boolean hasPacket(ByteBuffer in, int at) {
        int room = in.limit() - at - RECORD_HEADER;
        return room >= 0 && in.getInt(at + 8) >= 0 && in.getInt(at + 8) <= room;
    }

    private static int following(ByteBuffer in, int at) {
        return at + RECORD_HEADER + in.getInt(at + 8);
    }

    private void append(ByteBuffer in, DataOutputStream out) throws IOException {
        int later = end - in.getInt(HEADER);
        for (int at = HEADER; hasPacket(in, at); at = following(in, at)) {
            end = in.getInt(at) + later;
            in.putInt(at, end);
            out.write(in.array(), at, following(in, at) - at);
        }
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** When the first begins, in seconds since 1970. */
    int start() {
        return START;
    }

    /** When the last has ended. */
    int end() {
        return end;
    }
}
