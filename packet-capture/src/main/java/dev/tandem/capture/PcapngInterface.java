package dev.tandem.capture;

/**
 * One interface of a pcapng section: its link type, its snapshot length and how its time stamps count.
 * Source: draft-ietf-opsawg-pcapng, "Interface Description Block".
 */
final class PcapngInterface {
    private static final int END_OF_OPTIONS = 0;
    private static final int TIME_RESOLUTION = 9;
    private static final int TIME_OFFSET = 14;
    private static final int MICROS = 6;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Beyond these 64 bits do not hold one second. */
    private static final int MOST_DECIMAL_DIGITS = 19;

    private static final int MOST_BINARY_DIGITS = 63;

    private final int linkType;
    private final int snapshot;
    private final int digits;
    private final boolean binary;
    private final long ticksPerSecond;
    private final long offsetSeconds;

    private PcapngInterface(int linkType, int snapshot, int resolution, long offsetSeconds) {
        this.linkType = linkType;
        this.snapshot = snapshot;
        this.offsetSeconds = offsetSeconds;
        binary = (resolution & 0x80) != 0;
        digits = resolution & 0x7f;
        ticksPerSecond = binary ? 1L << digits : powerOfTen(digits);
    }

    /**
     * Reads a description.
     *
     * @param at where the block's body begins
     * @param end where it ends; at least 8 bytes on
     * @throws CaptureException with the bare reason as its message
     */
    static PcapngInterface parse(byte[] bytes, int at, int end, ByteLayout layout) throws CaptureException {
        int linkType = layout.unsigned16(bytes, at);
        long declared = layout.unsigned32(bytes, at + 4);
        int snapshot = declared == 0 || declared > TraceReader.MAX_CAPTURED ? TraceReader.MAX_CAPTURED : (int) declared;
        int resolution = MICROS;
        long offset = 0;
        int option = at + 8;
        while (end - option >= 4) {
            int code = layout.unsigned16(bytes, option);
            int length = layout.unsigned16(bytes, option + 2);
            int value = option + 4;
            if (code == END_OF_OPTIONS) {
                break;
            }
            if (length > end - value) {
                throw new CaptureException("an interface option is longer than its block");
            }
            if (code == TIME_RESOLUTION && length == 1) {
                resolution = bytes[value] & 0xff;
            } else if (code == TIME_OFFSET && length == 8) {
                offset = layout.int64(bytes, value);
            }
            option = value + (length + 3 & ~3);
        }
        if ((resolution & 0x7f) > (resolution >= 0x80 ? MOST_BINARY_DIGITS : MOST_DECIMAL_DIGITS)) {
            throw new CaptureException("an interface with an impossible time resolution");
        }
        return new PcapngInterface(linkType, snapshot, resolution, offset);
    }

    int linkType() {
        return linkType;
    }

    int snapshot() {
        return snapshot;
    }

    /**
     * A time stamp in nanoseconds since 1970; what does not fit becomes the nearest that does, from 1970 to 2262.
     *
     * @param ticks unsigned
     */
    long nanos(long ticks) {
        if (!binary && offsetSeconds == 0 && digits <= 9) {
            long scale = NANOS_PER_SECOND / ticksPerSecond;
            if (ticks >= 0 && ticks <= Long.MAX_VALUE / scale) {
                return ticks * scale;
            }
        }
        long whole = Long.divideUnsigned(ticks, ticksPerSecond);
        long part = Long.remainderUnsigned(ticks, ticksPerSecond);
        long seconds = whole + offsetSeconds;
        if (whole < 0 || (offsetSeconds > 0 && seconds < whole)) {
            return Long.MAX_VALUE;
        }
        if (seconds < 0) {
            return 0;
        }
        if (seconds >= Long.MAX_VALUE / NANOS_PER_SECOND) {
            return Long.MAX_VALUE;
        }
        return seconds * NANOS_PER_SECOND + fraction(part);
    }

    private long fraction(long part) {
        if (!binary) {
            return digits <= 9
                    ? part * (NANOS_PER_SECOND / ticksPerSecond)
                    : Long.divideUnsigned(part, Long.divideUnsigned(ticksPerSecond, NANOS_PER_SECOND));
        }
        if (digits == 0) {
            return 0;
        }
        // A product of up to 93 bits, shifted right.
        long upper = Math.multiplyHigh(part, NANOS_PER_SECOND);
        return upper << (Long.SIZE - digits) | (part * NANOS_PER_SECOND) >>> digits;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
