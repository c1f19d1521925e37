package dev.tandem.core.packet;

import static dev.tandem.core.packet.NetworkOrder.u16;
import static dev.tandem.core.packet.NetworkOrder.u32;
import static dev.tandem.core.packet.NetworkOrder.u8;

/** The TCP options of a SYN. One object is read into again and again. */
public final class TcpSynOptions {
    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int SEGMENT_SIZE = 2;
    private static final int WINDOW_SCALE = 3;
    private static final int SACK_PERMITTED = 4;
    private static final int TIMESTAMPS = 8;

    /** -1 when there is no such option. */
    public int windowScale;

    /** 0 when there is no such option. */
    public int maximumSegmentSize;

    public boolean sackPermitted;

    /** -1 when there is no such option. */
    public long timestamp;

    public long timestampEcho;

    /** Reads the options in {@code [from, end)}; stops at the first that is damaged. */
    public void read(byte[] data, int from, int end) {
        windowScale = -1;
        maximumSegmentSize = 0;
        sackPermitted = false;
        timestamp = -1;
        timestampEcho = -1;
        int at = from;
        while (at < end) {
            int kind = u8(data, at);
            if (kind == NO_OPERATION) {
                at++;
                continue;
            }
            if (kind == END || at + 1 >= end) {
                return;
            }
            int length = u8(data, at + 1);
            if (length == 0 || at + length > end) {
                return;
            }
            option(data, at, kind, length);
            at += length;
        }
    }

    private void option(byte[] data, int at, int kind, int length) {
        switch (kind) {
            case SACK_PERMITTED -> sackPermitted = true;
            case SEGMENT_SIZE -> {
                if (length >= 4) {
                    maximumSegmentSize = u16(data, at + 2);
                }
            }
            case WINDOW_SCALE -> {
                if (length >= 3) {
                    windowScale = u8(data, at + 2);
                }
            }
            case TIMESTAMPS -> {
                if (length >= 10) {
                    timestamp = u32(data, at + 2);
                    timestampEcho = u32(data, at + 6);
                }
            }
            default -> {}
        }
    }
}
