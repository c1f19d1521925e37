package dev.tandem.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process's open files are. */
public final class Descriptors {
    public static final int INPUT = 0;
    public static final int OUTPUT = 1;
    public static final int ERRORS = 2;

    private Descriptors() {}

    /** Linux tells what a descriptor is; elsewhere it is taken for no terminal. */
    public static boolean isTerminal(int descriptor) {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
