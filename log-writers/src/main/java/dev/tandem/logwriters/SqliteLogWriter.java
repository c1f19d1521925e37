package dev.tandem.logwriters;

import dev.tandem.core.log.LogRow;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The front of a log in an SQLite database. Rows are collected and handed to {@link SqliteTable} on the writer thread, at
 * the latest when they are flushed. Databases do not rotate: a rotation is answered with {@code /dev/null}, as in Zeek.
 *
 * <p>Engine thread.
 */
final class SqliteLogWriter implements LogWriter, LogRow {
    private static final int ROWS_AT_ONCE = 500;
    private static final int BYTES_PER_VALUE = 24;

    private final LogSchema schema;
    private final LogWriterFactory.Listener listener;
    private final LogWriterThread thread;
    private final SqliteTable table;
    private final SqliteOptions options;
    private final TsvEscaper escaper;
    private final Consumer<LogWriter> onClose;

    private List<@Nullable Object[]> rows = new ArrayList<>();
    private int rowsBytes;
    private @Nullable Object[] row = {};
    private int column;
    private @Nullable ByteArrayOutputStream container;
    private boolean firstElement;
    private boolean closed;

    /** @param onClose told once when the writer is closed */
    SqliteLogWriter(
            LogSchema schema,
            SqliteOptions options,
            LogWriterFactory.Listener listener,
            LogWriterThread thread,
            SqliteTable table,
            Consumer<LogWriter> onClose) {
        this.schema = schema;
        this.options = options;
        this.listener = listener;
        this.thread = thread;
        this.table = table;
        this.onClose = onClose;
        escaper = TsvEscaper.forColumns(true, List.of(options.setSeparator()));
        thread.ask(table::open);
    }

    @Override
    public LogRow beginRow() {
        row = new Object[schema.fields().size()];
        column = 0;
        container = null;
        return this;
    }

    @Override
    public void endRow() {
        if (closed) {
            return;
        }
        rows.add(row);
        rowsBytes += row.length * BYTES_PER_VALUE;
        if (rows.size() == ROWS_AT_ONCE) {
            flush();
        }
    }

    /** Ends a value: a column's, or an element's by its text. */
    private void put(@Nullable Object value, String text) {
        if (container == null) {
            row[column++] = value;
        } else {
            element(container, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void element(ByteArrayOutputStream all, byte[] text) {
        if (!firstElement) {
            all.writeBytes(options.setSeparator().array());
        }
        firstElement = false;
        all.writeBytes(text);
    }

    @Override
    public void unset() {
        put(null, options.unsetField().utf8());
    }

    @Override
    public void bool(boolean value) {
        put(value ? 1L : 0L, value ? "T" : "F");
    }

    @Override
    public void integer(long value) {
        put(value, Long.toString(value));
    }

    @Override
    public void count(long value) {
        put(value, Long.toUnsignedString(value));
    }

    @Override
    public void number(double value) {
        byte[] text = new byte[Digits.MAX_FIXED];
        put(value, new String(text, 0, Digits.trimmed(value, text, 0), StandardCharsets.US_ASCII));
    }

    @Override
    public void time(double seconds) {
        byte[] text = new byte[Digits.MAX_FIXED];
        put(seconds, new String(text, 0, Digits.fixed(seconds, text, 0), StandardCharsets.US_ASCII));
    }

    @Override
    public void interval(double seconds) {
        time(seconds);
    }

    @Override
    public void string(Bytes value) {
        rowsBytes += value.length();
        ByteArrayOutputStream all = container;
        if (all != null) {
            element(all, value.isEmpty() ? options.emptyField().array() : escaper.escaped(value));
        } else {
            row[column++] = value.isEmpty() ? null : value.utf8();
        }
    }

    @Override
    public void enumName(Bytes name) {
        string(name);
    }

    @Override
    public void addr(Addr value) {
        put(value.toString(), value.toString());
    }

    @Override
    public void subnet(Subnet value) {
        put(value.toString(), value.toString());
    }

    @Override
    public void port(Port value) {
        count(value.number());
    }

    @Override
    public void beginContainer(int elements) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (elements == 0) {
            all.writeBytes(options.emptyField().array());
        }
        container = all;
        firstElement = true;
    }

    @Override
    public void endContainer() {
        ByteArrayOutputStream all = container;
        container = null;
        row[column++] = all == null ? null : all.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void flush() {
        if (rows.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> full = rows;
        rows = new ArrayList<>();
        thread.queue().put(() -> table.write(full), rowsBytes);
        rowsBytes = 0;
    }

    @Override
    public void rotate(String rotatedPath, double openTime, double closeTime, boolean terminating) {
        thread.ask(() -> listener.rotated(schema, "/dev/null", openTime, closeTime, terminating));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        flush();
        closed = true;
        onClose.accept(this);
        thread.finish(table::close);
    }
}
