package dev.tandem.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PcapngInterfaceTest {
    private static PcapngInterface withClock(int resolution, long offset) throws CaptureException {
        TraceBytes bytes = TraceBytes.in(ByteOrder.LITTLE_ENDIAN).shorts(1, 0).ints(0);
        bytes.option(9, (byte) resolution);
        bytes.option(
                14,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(offset)
                        .array());
        byte[] body = bytes.bytes();
        return PcapngInterface.parse(body, 0, body.length, ByteLayout.LITTLE);
    }

    /** The same sum without bounds. */
    private static long exactly(int resolution, long offset, long ticks) {
        int digits = resolution & 0x7f;
        BigInteger perSecond = resolution >= 0x80 ? BigInteger.TWO.pow(digits) : BigInteger.TEN.pow(digits);
        BigInteger nanos = new BigInteger(Long.toUnsignedString(ticks))
                .multiply(BigInteger.valueOf(1_000_000_000))
                .divide(perSecond)
                .add(BigInteger.valueOf(offset).multiply(BigInteger.valueOf(1_000_000_000)));
        return nanos.max(BigInteger.ZERO)
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }

    @Test
    void everyResolutionGivesExactNanosecondsWithin2262() throws CaptureException {
        Random random = new Random(20);
        for (int resolution = 0; resolution < 256; resolution++) {
            if ((resolution & 0x7f) > (resolution >= 0x80 ? 63 : 19)) {
                int impossible = resolution;
                assertThrows(CaptureException.class, () -> withClock(impossible, 0));
                continue;
            }
            for (int i = 0; i < 40; i++) {
                long offset = i % 2 == 0 ? 0 : random.nextLong() >> random.nextInt(64);
                long ticks = random.nextLong() >>> random.nextInt(64);
                long expected = exactly(resolution, offset, ticks);
                long actual = withClock(resolution, offset).nanos(ticks);
                String what = "resolution " + resolution + " offset " + offset + " ticks " + ticks;
                // The last second of 2262 and times just before 1970 become the bound itself.
                if (expected > Long.MAX_VALUE - 1_000_000_000L || actual == 0) {
                    assertTrue(Math.abs(expected - actual) < 1_000_000_000L, what);
                } else {
                    assertEquals(expected, actual, what);
                }
            }
        }
    }

    @Test
    void microsecondsAreTheDefault() throws CaptureException {
        byte[] body =
                TraceBytes.in(ByteOrder.LITTLE_ENDIAN).shorts(1, 0).ints(0).bytes();
        assertEquals(
                7_000,
                PcapngInterface.parse(body, 0, body.length, ByteLayout.LITTLE).nanos(7));
    }
}
