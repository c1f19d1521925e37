package dev.tandem.daemon;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The three standard streams.
 *
 * @param out buffered when it is no terminal, as C does; flushed by {@link Daemon} at the end
 * @param inIsTerminal whether somebody types the input
 * @param errIsTerminal whether somebody looks at the messages
 * @param outFailure why not all output could be written; null when it could
 */
record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean inIsTerminal,
        boolean errIsTerminal,
        Supplier<@Nullable IOException> outFailure) {
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Those of this process. */
    static Terminal ofProcess() {
        boolean flush = isTerminal(1);
        StandardOutput out = new StandardOutput();
        return new Terminal(
                System.in,
                new PrintStream(new BufferedOutputStream(out, BUFFER_BYTES), flush, StandardCharsets.UTF_8),
                System.err,
                isTerminal(0),
                isTerminal(2),
                out::failure);
    }

    /** Linux tells what a descriptor is; elsewhere it is taken for no terminal. */
    private static boolean isTerminal(int descriptor) {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The exit status of a run that ended with a status: output that could not be written is a failure too. Nothing is said
     * of a pipe whose reader has gone, as other programs die silently of that.
     */
    int finish(int status) {
        out.flush();
        IOException failure = outFailure.get();
        if (failure == null) {
            return status;
        }
        String why = String.valueOf(failure.getMessage());
        if (!why.contains("Broken pipe")) {
            complain("standard output: " + why);
        }
        return status == Daemon.OK ? Daemon.FAILED : status;
    }

    /** A message of the program's own. */
    void complain(String message) {
        out.flush();
        err.println("tandem: " + message);
    }
}
