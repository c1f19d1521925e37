package dev.tandem.script.log;

import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriter;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.types.EnumValue;
import org.jspecify.annotations.Nullable;

/** One open log of a stream: its writer and when it rotates. */
final class OpenLog {
    /** Writer and path together identify a log within its stream. */
    record Key(EnumValue writer, String path) {}

    final Key key;
    final LogSchema schema;

    /** Only this filter may write to it. */
    final String filterName;

    /** Null when it could not be opened: rows are dropped. */
    final @Nullable LogWriter writer;

    /** Called with the rotated file; null for the default. */
    final @Nullable FuncValue postprocessor;

    /** Seconds; 0 for never. */
    final double rotationInterval;

    final LogCounters.OfLog counters;

    /** Network time, 0 while that is not known. */
    double openTime;

    /** Network time; infinity for never, 0 until the first network time is known. */
    double nextRotation = Double.POSITIVE_INFINITY;

    OpenLog(
            Key key,
            LogSchema schema,
            String filterName,
            @Nullable LogWriter writer,
            @Nullable FuncValue postprocessor,
            double rotationInterval,
            LogCounters.OfLog counters) {
        this.key = key;
        this.schema = schema;
        this.filterName = filterName;
        this.writer = writer;
        this.postprocessor = postprocessor;
        this.rotationInterval = rotationInterval;
        this.counters = counters;
    }

    boolean rotates() {
        return rotationInterval > 0 && writer != null;
    }

    void flush() {
        if (writer != null) {
            writer.flush();
        }
    }

    void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
