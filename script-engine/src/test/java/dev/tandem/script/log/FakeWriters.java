package dev.tandem.script.log;

import dev.tandem.core.log.LeftoverLog;
import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogRow;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Writers that keep rows as text, bars between values. */
public final class FakeWriters implements LogWriterFactory {
    final Map<String, FakeWriter> byPath = new LinkedHashMap<>();

    public final List<LeftoverLog> leftovers = new ArrayList<>();

    /** A log in the current directory that nobody rotated. */
    public record Left(String path, String postprocessor) implements LeftoverLog {
        @Override
        public String file() {
            return path + ".log";
        }

        @Override
        public double openTime() {
            return 5;
        }

        @Override
        public double closeTime() {
            return 6;
        }

        @Override
        public String rotate(String rotatedPath) {
            return rotatedPath + ".log";
        }
    }

    @Override
    public List<LeftoverLog> leftovers(Consumer<String> problem) {
        return leftovers;
    }

    @Override
    public LogWriter open(String writer, LogSchema schema, double openTime, Listener listener) {
        if (writer.equals("Log::WRITER_BROKEN")) {
            throw new IllegalArgumentException("no log writer '" + writer + "'");
        }
        FakeWriter made = new FakeWriter(schema, listener);
        byPath.put(schema.path(), made);
        return made;
    }

    public List<String> rows(String path) {
        FakeWriter writer = byPath.get(path);
        return writer == null ? List.of() : writer.rows;
    }

    public String header(String path) {
        return byPath.get(path).schema.fields().stream().map(LogField::name).collect(Collectors.joining(" "));
    }

    @Override
    public void close() {}

    static final class FakeWriter implements LogWriter, LogRow {
        final LogSchema schema;
        final List<String> rows = new ArrayList<>();
        final List<String> rotations = new ArrayList<>();
        boolean closed;
        int flushes;
        private final Listener listener;
        private StringJoiner row = new StringJoiner("|");

        FakeWriter(LogSchema schema, Listener listener) {
            this.schema = schema;
            this.listener = listener;
        }

        @Override
        public LogRow beginRow() {
            row = new StringJoiner("|");
            return this;
        }

        @Override
        public void endRow() {
            rows.add(row.toString());
        }

        @Override
        public void flush() {
            flushes++;
        }

        @Override
        public void rotate(String rotatedPath, double openTime, double closeTime, boolean terminating) {
            rotations.add(rotatedPath + " " + openTime + " " + closeTime + " " + terminating);
            listener.rotated(schema, rotatedPath + ".log", openTime, closeTime, terminating);
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public void unset() {
            row.add("-");
        }

        @Override
        public void bool(boolean value) {
            row.add(value ? "T" : "F");
        }

        @Override
        public void integer(long value) {
            row.add(Long.toString(value));
        }

        @Override
        public void count(long value) {
            row.add(Long.toUnsignedString(value));
        }

        @Override
        public void number(double value) {
            row.add(Double.toString(value));
        }

        @Override
        public void time(double seconds) {
            row.add("t" + seconds);
        }

        @Override
        public void interval(double seconds) {
            row.add("i" + seconds);
        }

        @Override
        public void string(Bytes value) {
            row.add(value.utf8());
        }

        @Override
        public void enumName(Bytes name) {
            row.add(name.utf8());
        }

        @Override
        public void addr(Addr value) {
            row.add(value.toString());
        }

        @Override
        public void subnet(Subnet value) {
            row.add(value.toString());
        }

        @Override
        public void port(Port value) {
            row.add(Integer.toString(value.number()));
        }

        @Override
        public void beginContainer(int elements) {
            row.add("{" + elements);
        }

        @Override
        public void endContainer() {
            row.add("}");
        }
    }
}
