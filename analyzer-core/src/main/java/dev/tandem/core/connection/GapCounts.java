package dev.tandem.core.connection;

/**
 * What was acknowledged on established TCP connections, and how much of that was never seen: the measure of what the capture
 * loses. Engine thread.
 */
public final class GapCounts {
    private long acknowledgements;
    private long acknowledgedBytes;
    private long gaps;
    private long gapBytes;

    void acknowledged(long bytes, long missing) {
        acknowledgements++;
        acknowledgedBytes += bytes;
        if (missing > 0) {
            gaps++;
            gapBytes += missing;
        }
    }

    /** Acknowledgements of something new. */
    public long acknowledgements() {
        return acknowledgements;
    }

    public long acknowledgedBytes() {
        return acknowledgedBytes;
    }

    /** Those of them that acknowledged something not seen. */
    public long gaps() {
        return gaps;
    }

    public long gapBytes() {
        return gapBytes;
    }
}
