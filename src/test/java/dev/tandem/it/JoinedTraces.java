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
 * in microseconds and little-endian, as nearly all are.
 */
final class JoinedTraces {
    private static final int HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int ETHERNET = 1;
    private static final int START = 1_800_000_000;

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
                if (in.remaining() > HEADER && in.getInt(0) == MAGIC && in.getInt(20) == ETHERNET) {
                    if (joined.count++ == 0) {
                        out.write(in.array(), 0, HEADER);
                    }
                    // Not at even distances: that would be a beacon.
                    joined.end += 30 + random.nextInt(90);
                    joined.append(in.position(HEADER), out);
                }
            }
        }
        return joined;
    }

    private void append(ByteBuffer in, DataOutputStream out) throws IOException {
        int start = end;
        int first = in.remaining() >= RECORD_HEADER ? in.getInt(in.position()) : 0;
        while (in.remaining() >= RECORD_HEADER) {
            int at = in.position();
            int length = in.getInt(at + 8);
            if (length < 0 || in.remaining() < RECORD_HEADER + length) {
                return; // cut off
            }
            int seconds = start + in.getInt(at) - first;
            in.putInt(at, seconds);
            end = Math.max(end, seconds);
            out.write(in.array(), at, RECORD_HEADER + length);
            in.position(at + RECORD_HEADER + length);
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
