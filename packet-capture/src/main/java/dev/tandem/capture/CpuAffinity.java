package dev.tandem.capture;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/** Ties threads to processors: sched_setaffinity(2) of Linux. */
public final class CpuAffinity {
    /** As the C library's cpu_set_t: 1024 processors. */
    private static final int SET_BYTES = 128;

    /** As many as {@link #pin} can name. */
    public static final int MOST_CPUS = SET_BYTES * Byte.SIZE;

    private CpuAffinity() {}

    /** The C library, which need not have the function. */
    private static final class Scheduler {
        static {
            Native.register(Scheduler.class, Platform.C_LIBRARY_NAME);
        }

        static native int sched_setaffinity(int thread, NativeLong bytes, Pointer set);
    }

    /**
     * From now on the calling thread runs on that processor only, and so do threads that it starts.
     *
     * @param cpu number of the processor, from 0
     * @throws CaptureException when there is no such processor, this process may not use it, or the system has no such thing
     */
    public static void pin(int cpu) throws CaptureException {
        if (cpu < 0 || cpu >= MOST_CPUS) {
            throw new CaptureException("there is no processor " + cpu);
        }
        try (Memory set = new Memory(SET_BYTES)) {
            set.clear();
            set.setByte(cpu / Byte.SIZE, (byte) (1 << cpu % Byte.SIZE));
            if (Scheduler.sched_setaffinity(0, new NativeLong(SET_BYTES), set) != 0) {
                throw new CaptureException(
                        "cannot run on processor " + cpu + ": it is not there, or this process may not use it");
            }
        } catch (UnsatisfiedLinkError e) {
            throw new CaptureException("this system cannot tie threads to processors", e);
        }
    }
}
