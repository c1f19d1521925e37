package dev.tandem.core.connection;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Segments of one side as the input says: each byte is handed over once, as it came first, or reported missing. Ordinary runs try
 * the seeds; {@code JAZZER_FUZZ=1} looks for more.
 */
class StreamFuzzTest {
    private static final int STREAM = 2048;

    static Stream<byte[]> segments() {
        return Stream.of(
                        "00", // no segment
                        "01 0020a0 2020a0 4020a0", // in order
                        "02 4020a0 2020a0 0020a0", // backwards
                        "00 00ffa0 0020b1 1020c2 0040d3", // once more, contradictory
                        "ff 0010a0 200002 4010a0 400002", // acknowledged before it came
                        "80 f0ffa0 ffffa0 fe0102")
                .map(digits -> HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /**
     * A byte that places the stream near the end of sequence numbers, then three for each segment: where it begins, how long it is
     * (0 is an acknowledgement), what it is filled with.
     */
    @MethodSource("segments")
    @FuzzTest(maxDuration = "5m")
    void segments(byte[] input) {
        CheckedStream stream = new CheckedStream(STREAM, input.length == 0 ? 0 : 0xffff_ffffL - 8 * (input[0] & 0xff));
        for (int i = 1; i + 2 < input.length; i += 3) {
            int from = 8 * (input[i] & 0xff);
            int bytes = Math.min(input[i + 1] & 0xff, STREAM - from);
            if (bytes == 0) {
                stream.acknowledge(from);
            } else {
                stream.piece(from, filled(bytes, input[i + 2]));
            }
        }
        stream.end();
    }

    private static byte[] filled(int bytes, byte first) {
        byte[] data = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            data[i] = (byte) (first + i);
        }
        return data;
    }
}
