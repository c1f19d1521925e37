package dev.tandem.daemon;

import dev.tandem.program.Descriptors;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
        boolean flush = Descriptors.isTerminal(Descriptors.OUTPUT);
        StandardOutput out = new StandardOutput();
        return new Terminal(
                System.in,
                new PrintStream(new BufferedOutputStream(out, BUFFER_BYTES), flush, StandardCharsets.UTF_8),
                System.err,
                Descriptors.isTerminal(Descriptors.INPUT),
                Descriptors.isTerminal(Descriptors.ERRORS),
                out::failure);
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

    /** Something to know that nothing is wrong with: no reason why a run ended. */
    void note(String message) {
        complain("note: " + message);
    }

    /** A message of the program's own. */
    void complain(String message) {
        out.flush();
        err.println("tandem: " + message);
    }
}
