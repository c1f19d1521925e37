package dev.tandem.logwriters;

import java.io.IOException;

/**
 * Where a log's bytes go. After a failed {@link #write} nothing of the bytes counts as written, and the next call is either
 * the same bytes again or {@link #close}. Writer thread.
 */
interface LogSink extends AutoCloseable {
    void write(byte[] bytes, int length) throws IOException;

    @Override
    void close() throws IOException;
}
