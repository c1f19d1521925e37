package dev.tandem.script.log;

import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.script.runtime.Reporter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What writers tell from their own threads, until the engine thread has time for it. */
final class WriterTidings implements LogWriterFactory.Listener {
    private record Rotated(LogSchema schema, String file, double open, double close, boolean terminating) {}

    private record Message(LogSchema schema, String text, boolean isFailure) {}

    private final Queue<Object> told = new ConcurrentLinkedQueue<>();

    @Override
    public void failed(LogSchema schema, String message) {
        told.add(new Message(schema, message, true));
    }

    @Override
    public void told(LogSchema schema, String message) {
        told.add(new Message(schema, message, false));
    }

    @Override
    public void rotated(LogSchema schema, String file, double openTime, double closeTime, boolean terminating) {
        told.add(new Rotated(schema, file, openTime, closeTime, terminating));
    }

    boolean isEmpty() {
        return told.isEmpty();
    }

    /**
     * Passes all of it on. Engine thread.
     *
     * @param logs finds the log of a schema, null when it is closed
     */
    void hear(Function<LogSchema, @Nullable OpenLog> logs, Reporter reporter, LogRotation rotation) {
        for (Object tiding = told.poll(); tiding != null; tiding = told.poll()) {
            if (tiding instanceof Message m) {
                pass(m, logs.apply(m.schema), reporter);
            } else if (tiding instanceof Rotated r) {
                OpenLog log = logs.apply(r.schema);
                if (log != null) {
                    rotation.postprocess(log, r.file, r.open, r.close, r.terminating);
                }
            }
        }
    }

    private static void pass(Message m, @Nullable OpenLog log, Reporter reporter) {
        String writer = log == null ? "" : "/" + log.key.writer().name();
        String text = m.schema.path() + writer + ": " + m.text;
        if (m.isFailure) {
            reporter.error(text, null);
        } else {
            reporter.info(text, null);
        }
    }
}
