package dev.tandem.capture;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The functions of the C library that capture needs: memory streams, poll, setsockopt. */
final class LibC {
    static final int SEEK_SET = 0;
    static final short POLLIN = 1;

    private static @Nullable LibC loaded;

    private LibC() {
        Native.register(LibC.class, NativeLibrary.getInstance(Platform.C_LIBRARY_NAME));
    }

    /** The library; null where it lacks one of these, as on Windows. */
    static synchronized @Nullable LibC orNull() {
        try {
            LibC known = loaded;
            if (known == null) {
                known = new LibC();
                loaded = known;
            }
            return known;
        } catch (UnsatisfiedLinkError e) {
            return null;
        }
    }

    native @Nullable Pointer open_memstream(Pointer bufferCell, Pointer sizeCell);

    native @Nullable Pointer fmemopen(Pointer buffer, NativeLong bytes, String mode);

    native int fseek(Pointer stream, NativeLong offset, int from);

    native int fflush(Pointer stream);

    native void clearerr(Pointer stream);

    native void free(Pointer memory);

    native int poll(Pointer descriptors, NativeLong count, int millis);

    native int setsockopt(int descriptor, int level, int option, Pointer value, int bytes);
}
