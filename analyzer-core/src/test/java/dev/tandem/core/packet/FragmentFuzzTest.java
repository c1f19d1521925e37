package dev.tandem.core.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fragments as the input says: a datagram that is complete holds each byte as it came first, and one that is not takes no memory
 * once it is too old. Ordinary runs try the seeds; {@code JAZZER_FUZZ=1} looks for more.
 */
class FragmentFuzzTest {
    private static final int PROTOCOL = 253;
    private static final int LARGEST = 255 * 8 + 4 * 255;
    private static final long LIMIT = 20_000;

    private final IpSettings settings = new IpSettings();
    private final PacketDecoder decoder = new PacketDecoder(PacketNotes.NONE, settings);
    private final PacketBatch batch = new PacketBatch(4096, 1);
    private final DecodedPacket decoded = new DecodedPacket();

    /** Of each datagram that waits, what came first at each offset; -1 where nothing did. */
    private final Map<Integer, int[]> first = new HashMap<>();

    static Stream<byte[]> fragments() {
        return Stream.of(
                        "81 00 10 aa  01 08 10 bb", // two parts in order
                        "01 08 10 aa  81 00 10 bb", // the last one first
                        "81 00 10 aa  81 00 18 cc  01 08 10 bb", // the first one twice, contradictory
                        "81 00 10 aa  01 04 10 cc  01 08 10 bb", // overlapping, and two ends
                        "81 00 ff aa  82 00 ff aa  83 00 ff aa  01 80 ff bb", // several
                        "00 00 10 aa  80 00 00 aa") // no fragment at all, an empty one
                .map(digits -> HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /** Four bytes for each fragment: whether more come and its number, its offset, its length in fours, what it is filled with. */
    @MethodSource("fragments")
    @FuzzTest(maxDuration = "5m")
    void fragments(byte[] input) {
        settings.fragmentTimeout = 30;
        settings.fragmentBytes = LIMIT;
        decoder.fragments().clear();
        first.clear();
        for (int i = 0; i + 3 < input.length; i += 4) {
            boolean more = input[i] < 0;
            int offset = 8 * (input[i + 1] & 0xff);
            fragment(input[i] & 0x7f, offset, more, filled(4 * (input[i + 2] & 0xff), input[i + 3]));
            assertTrue(decoder.fragments().heldBytes() <= LIMIT);
        }
        decode(0, 0, true, new byte[8], 60);
        assertEquals(1, decoder.fragments().waiting());
        long one = decoder.fragments().heldBytes();
        decoder.fragments().clear();
        decode(0, 0, true, new byte[8], 60);
        assertEquals(one, decoder.fragments().heldBytes());
    }

    private void fragment(int id, int offset, boolean more, byte[] bytes) {
        boolean whole = offset == 0 && !more;
        int[] expected = whole ? blank() : first.computeIfAbsent(id, key -> blank());
        for (int i = 0; i < bytes.length; i++) {
            if (expected[offset + i] < 0) {
                expected[offset + i] = bytes[i] & 0xff;
            }
        }
        long dropped = decoder.fragments().dropped();
        if (decode(id, offset, more, bytes, 1)) {
            for (int i = 0; decoded.at + i < decoded.end; i++) {
                assertEquals(expected[i], decoded.data[decoded.at + i] & 0xff, "at " + i);
            }
            if (!whole) {
                first.remove(id);
            }
        }
        if (decoder.fragments().dropped() > dropped) {
            // Which ones went is not told: begin anew.
            decoder.fragments().clear();
            first.clear();
        }
    }

    private static int[] blank() {
        int[] bytes = new int[LARGEST];
        Arrays.fill(bytes, -1);
        return bytes;
    }

    private boolean decode(int id, int offset, boolean more, byte[] bytes, int seconds) {
        byte[] packet = PacketBuilder.ip("10.0.0.1", "10.0.0.2", PROTOCOL, bytes)
                .id(id)
                .fragment(offset, more)
                .build();
        batch.begin(LinkType.ETHERNET);
        int at = batch.add(seconds * 1_000_000_000L, packet.length, packet.length);
        System.arraycopy(packet, 0, batch.data(), at, packet.length);
        return decoder.decode(batch, 0, decoded);
    }

    private static byte[] filled(int bytes, byte first) {
        byte[] data = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            data[i] = (byte) (first + i);
        }
        return data;
    }
}
