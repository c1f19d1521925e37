package dev.tandem.capture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to a trace, reading it ends, and nothing worse than a {@link CaptureException} comes of it. */
class DamagedTraceTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static byte[] packet(Random random) {
        byte[] packet = new byte[random.nextInt(80)];
        random.nextBytes(packet);
        return packet;
    }

    private static byte[] pcap(Random random, ByteOrder order) {
        int[] magics = {PcapReader.MAGIC_MICROS, PcapReader.MAGIC_NANOS};
        TraceBytes file = TraceBytes.in(order).pcapHeader(magics[random.nextInt(2)], 2, 4, 65_535, 1);
        for (int i = 0; i < 12; i++) {
            file.record(i, i, 100, packet(random));
        }
        return file.bytes();
    }

    private static byte[] pcapng(Random random, ByteOrder order) {
        TraceBytes file = TraceBytes.in(order).section().interfaceOf(1);
        file.interfaceOf(101, file.body().option(9, (byte) 9).option(0));
        for (int i = 0; i < 4; i++) {
            file.enhanced(i & 1, i, 100, packet(random));
            file.simple(40, packet(random));
            file.block(77, file.body().bytes(packet(random)).padded());
            file.obsolete(i & 1, i, 100, packet(random));
        }
        return file.section(ByteOrder.BIG_ENDIAN)
                .interfaceOf(1)
                .enhanced(0, 1, 1, (byte) 1)
                .bytes();
    }

    private static byte[] trace(Random random) {
        ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] plain = random.nextBoolean() ? pcap(random, order) : pcapng(random, order);
        return random.nextInt(4) == 0 ? TraceBytes.gzipped(plain) : plain;
    }

    /** Reads all; the number of packets, or -1 when it cannot be opened. */
    private static int read(byte[] file, int batchPackets) {
        try {
            Read read = Read.all(new ByteArrayInputStream(file), batchPackets);
            assertTrue(
                    read.failure() == null || read.failure() instanceof CaptureException,
                    () -> "not a CaptureException: " + read.failure());
            return read.packets().size();
        } catch (CaptureException e) {
            return -1;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void cuttingAnywhereNeverGivesMorePackets(long seed) {
        Random random = new Random(seed);
        byte[] file = trace(random);
        Assertions.assertTimeoutPreemptively(LONG, () -> {
            int before = -1;
            for (int length = 0; length <= file.length; length++) {
                int packets = read(Arrays.copyOf(file, length), 1 + random.nextInt(9));
                assertTrue(packets >= before, "seed " + seed + ", cut at " + length);
                before = packets;
            }
            assertTrue(before > 10, "seed " + seed + ": the whole file gives its packets");
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void changedBytesNeverDoWorseThanACaptureException(long seed) {
        Random random = new Random(seed);
        Assertions.assertTimeoutPreemptively(LONG, () -> {
            for (int round = 0; round < 500; round++) {
                byte[] file = trace(random);
                int changes = 1 + random.nextInt(4);
                for (int i = 0; i < changes; i++) {
                    int at = random.nextInt(random.nextBoolean() ? Math.min(file.length, 120) : file.length);
                    file[at] =
                            random.nextBoolean() ? (byte) random.nextInt() : (byte) (file[at] ^ 1 << random.nextInt(8));
                }
                int length = random.nextBoolean() ? file.length : random.nextInt(file.length);
                int packets = read(Arrays.copyOf(file, length), 1 + random.nextInt(9));
                assertTrue(packets <= file.length, "seed " + seed + ", round " + round);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void randomBytesBehindAValidStartNeverDoWorseThanACaptureException(long seed) {
        Random random = new Random(seed);
        byte[][] starts = {
            TraceBytes.pcap().bytes(),
            TraceBytes.pcapng().interfaceOf(1).bytes(),
            TraceBytes.in(ByteOrder.BIG_ENDIAN).section().interfaceOf(1).ints(6).bytes()
        };
        Assertions.assertTimeoutPreemptively(LONG, () -> {
            for (int round = 0; round < 500; round++) {
                byte[] start = starts[random.nextInt(starts.length)];
                byte[] file = Arrays.copyOf(start, start.length + random.nextInt(200));
                for (int i = start.length; i < file.length; i++) {
                    file[i] = random.nextInt(3) == 0 ? (byte) random.nextInt() : 0;
                }
                assertTrue(read(file, 3) >= 0, "seed " + seed + ", round " + round);
            }
        });
    }
}
