package dev.tandem.logwriters;

import java.io.IOException;
import java.io.PrintStream;

/** Standard output, shared with what scripts print and left open. */
final class StdoutSink implements LogSink {
    private final PrintStream out;

    StdoutSink(PrintStream out) {
        this.out = out;
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        if (out.checkError()) {
            throw new IOException("standard output takes no more");
        }
    }

    @Override
    public void close() {
        out.flush();
    }
}
