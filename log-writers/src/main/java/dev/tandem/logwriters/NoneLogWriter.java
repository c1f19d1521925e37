package dev.tandem.logwriters;

import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogRow;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import java.util.TreeMap;

/** {@code Log::WRITER_NONE}: writes nothing, and answers a rotation with {@code /dev/null}, as Zeek does. */
final class NoneLogWriter implements LogWriter, LogRow {
    private final LogSchema schema;
    private final LogWriterFactory.Listener listener;
    private final LogWriterThread thread;

    NoneLogWriter(LogSchema schema, LogWriterFactory.Listener listener, LogWriterThread thread) {
        this.schema = schema;
        this.listener = listener;
        this.thread = thread;
    }

    /** What Zeek's writer prints when it is told to: what it was opened with. */
    static String description(LogSchema schema) {
        StringBuilder out = new StringBuilder("[logging::writer::None]\n");
        out.append("  path=").append(schema.path()).append('\n');
        out.append("  rotation_interval=")
                .append(Math.round(schema.rotation().intervalSeconds()))
                .append('\n');
        out.append("  rotation_base=").append(schema.rotation().baseSeconds()).append('\n');
        new TreeMap<>(schema.options())
                .forEach((key, value) -> out.append("  config[")
                        .append(key)
                        .append("] = ")
                        .append(value)
                        .append('\n'));
        for (LogField field : schema.fields()) {
            out.append("  field ")
                    .append(field.name())
                    .append(": ")
                    .append(field.typeName())
                    .append('\n');
        }
        return out.append('\n').toString();
    }

    @Override
    public LogRow beginRow() {
        return this;
    }

    @Override
    public void rotate(String rotatedPath, double openTime, double closeTime, boolean terminating) {
        thread.ask(() -> listener.rotated(schema, "/dev/null", openTime, closeTime, terminating));
    }

    @Override
    public void endRow() {}

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public void unset() {}

    @Override
    public void bool(boolean value) {}

    @Override
    public void integer(long value) {}

    @Override
    public void count(long value) {}

    @Override
    public void number(double value) {}

    @Override
    public void time(double seconds) {}

    @Override
    public void interval(double seconds) {}

    @Override
    public void string(Bytes value) {}

    @Override
    public void enumName(Bytes name) {}

    @Override
    public void addr(Addr value) {}

    @Override
    public void subnet(Subnet value) {}

    @Override
    public void port(Port value) {}

    @Override
    public void beginContainer(int elements) {}

    @Override
    public void endContainer() {}
}
