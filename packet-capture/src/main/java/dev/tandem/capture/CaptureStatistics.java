package dev.tandem.capture;

/**
 * What a capture has seen since it began.
 *
 * @param received packets that passed the filter, as the kernel counts them, those dropped among them
 * @param dropped packets lost for want of room in the ring
 * @param droppedByInterface packets that the interface or its driver lost
 */
public record CaptureStatistics(long received, long dropped, long droppedByInterface) {
    static final CaptureStatistics NONE = new CaptureStatistics(0, 0, 0);

    private static final long COUNTER = 1L << 32;

    /** Carries on from the last reading with the counters' new values, which wrap around at 2^32. */
    CaptureStatistics next(long receivedCounter, long droppedCounter, long interfaceCounter) {
        return new CaptureStatistics(
                advance(received, receivedCounter),
                advance(dropped, droppedCounter),
                advance(droppedByInterface, interfaceCounter));
    }

    private static long advance(long total, long counter) {
        return total + Math.floorMod(counter - total, COUNTER);
    }
}
