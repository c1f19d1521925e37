package dev.tandem.logwriters;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a log and, at the same time, its part of the archive. Whatever happens to the part does not touch the log: it is
 * given up then, and the log is compressed when it rotates.
 */
final class ArchivedSink implements LogSink {
    private final LogSink log;
    private final OutputStream part;
    private boolean isWhole = true;

    ArchivedSink(LogSink log, OutputStream part) {
        this.log = log;
        this.part = part;
    }

    /** Whether the part has all that the log has; once closed, whether it can be archived. */
    boolean isWhole() {
        return isWhole;
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
        log.write(bytes, length);
        if (isWhole) {
            try {
                part.write(bytes, 0, length);
            } catch (IOException e) {
                isWhole = false;
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            part.close();
        } catch (IOException e) {
            isWhole = false;
        } finally {
            log.close();
        }
    }
}
