package dev.tandem.capture;

import com.sun.jna.Memory;

/**
 * A group of sources among which the kernel deals out an interface's connections, each whole and with both directions to
 * one member. Fragments are put together first. Source: packet(7), PACKET_FANOUT.
 *
 * @param group 0 to 65535, one name space per network name space
 */
public record Fanout(int group) {
    private static final int SOL_PACKET = 263;
    private static final int PACKET_FANOUT = 18;
    private static final int HASH = 0;
    private static final int FLAG_DEFRAGMENT = 0x8000;

    public Fanout {
        if (group < 0 || group > 0xffff) {
            throw new IllegalArgumentException("fanout group " + group + " is not between 0 and 65535");
        }
    }

    void join(LibC c, int descriptor) throws CaptureException {
        try (Memory value = new Memory(Integer.BYTES)) {
            value.setInt(0, group | (HASH | FLAG_DEFRAGMENT) << 16);
            if (c.setsockopt(descriptor, SOL_PACKET, PACKET_FANOUT, value, Integer.BYTES) != 0) {
                throw new CaptureException("cannot join fanout group " + group
                        + ": another kind of capture has that group, or this system has no packet fanout");
            }
        }
    }
}
