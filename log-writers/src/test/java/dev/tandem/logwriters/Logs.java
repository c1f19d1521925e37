package dev.tandem.logwriters;

import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogRow;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogType;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.LogWriterFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A factory on a temporary directory and a fixed clock, and what a test asks of it. */
final class Logs implements LogWriterFactory.Listener, AutoCloseable {
    /** 13:05:59 where the clock is. */
    static final Clock CLOCK = Clock.fixed(Instant.parse("2018-05-28T11:05:59Z"), ZoneId.of("Europe/Berlin"));

    final List<String> failures = new CopyOnWriteArrayList<>();
    final List<String> rotations = new CopyOnWriteArrayList<>();
    final QueuedLogWriterFactory factory;
    private final Path directory;

    Logs(Path directory) {
        this(directory, 16 << 20, 16 << 20);
    }

    Logs(Path directory, long queueBytes, long keepBytes) {
        this.directory = directory;
        AsciiOptions options = AsciiOptions.DEFAULTS.withSuffix("log").with("logdir", directory.toString());
        factory = new QueuedLogWriterFactory(options, CLOCK, queueBytes, keepBytes);
    }

    static LogField field(String name, LogType type) {
        return new LogField(name, type, LogField.Container.SINGLE, true);
    }

    static LogField set(String name, LogType type) {
        return new LogField(name, type, LogField.Container.SET, true);
    }

    static LogField vector(String name, LogType type) {
        return new LogField(name, type, LogField.Container.VECTOR, true);
    }

    LogWriter open(String path, Map<String, String> options, LogField... fields) {
        return factory.open("Log::WRITER_ASCII", new LogSchema(path, List.of(fields), options), 0, this);
    }

    @SafeVarargs
    static void write(LogWriter writer, Consumer<LogRow>... rows) {
        for (Consumer<LogRow> row : rows) {
            row.accept(writer.beginRow());
            writer.endRow();
        }
    }

    /** The lines of a log without header and last line, one char per byte. */
    static List<String> rows(
            Path directory, Map<String, String> options, List<LogField> fields, List<Consumer<LogRow>> rows) {
        try (Logs logs = new Logs(directory)) {
            LogWriter writer = logs.open("rows", options, fields.toArray(LogField[]::new));
            rows.forEach(row -> write(writer, row));
            writer.close();
            return logs.lines("rows.log").filter(line -> !line.startsWith("#")).toList();
        }
    }

    Stream<String> lines(String file) {
        String text = text(file);
        return text.isEmpty() ? Stream.empty() : Arrays.stream(text.split("\n"));
    }

    /** One char per byte. */
    String text(String file) {
        try {
            return new String(Files.readAllBytes(directory.resolve(file)), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether {@code condition} comes true in time. */
    static boolean within(long millis, BooleanSupplier condition) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    @Override
    public void failed(LogSchema schema, String message) {
        failures.add(schema.path() + ": " + message);
    }

    @Override
    public void rotated(LogSchema schema, String file, double openTime, double closeTime, boolean terminating) {
        rotations.add(schema.path() + " " + file + " " + openTime + " " + closeTime + " " + terminating);
    }

    @Override
    public void close() {
        factory.close();
    }
}
