package dev.tandem.logwriters;

import dev.tandem.core.log.LogWriter;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Rows as separated text (zeek {@code src/threading/formatters/Ascii.cc}). */
final class TsvLogWriter extends QueuedLogWriter {
    private final Style columns;
    private final Style elements;
    private final byte[] unsetField;
    private final byte[] emptyField;

    private Style style;
    private boolean first;

    /** How values are parted and escaped: differs inside a set or vector. */
    private static final class Style {
        final byte[] separator;
        final TsvEscaper escaper;
        final boolean escapesPlainValues;
        final byte[] unset;
        final byte[] empty;

        Style(AsciiOptions options, Bytes separator, List<Bytes> escaped) {
            this.separator = separator.array();
            escaper = TsvEscaper.forColumns(options.utf8(), escaped);
            escapesPlainValues = escaper.touchesPlainValues();
            unset = escaper.escaped(options.unsetField());
            empty = escaper.escaped(options.emptyField());
        }
    }

    TsvLogWriter(Front front, LogFile file, LogWriterThread thread, AsciiOptions options, Consumer<LogWriter> onClose) {
        super(front, file, thread, options.metaPrefix(), onClose);
        columns = new Style(options, options.separator(), List.of(options.separator()));
        elements = new Style(options, options.setSeparator(), List.of(options.separator(), options.setSeparator()));
        unsetField = options.unsetField().array();
        emptyField = options.emptyField().array();
        style = columns;
    }

    @Override
    void startRow() {
        style = columns;
        first = true;
    }

    @Override
    void finishRow() {}

    /** Begins a value of at most {@code count} bytes and returns where. */
    private int next(int count) {
        byte[] separator = style.separator;
        room(count + separator.length);
        if (first) {
            first = false;
        } else {
            for (byte value : separator) {
                bytes[length++] = value;
            }
        }
        return length;
    }

    /** Ends a value that is ASCII text without backslashes. */
    private void plainUntil(int end) {
        if (style.escapesPlainValues) {
            byte[] text = Arrays.copyOfRange(bytes, length, end);
            append(style.escaper, text, 0);
        } else {
            length = end;
        }
    }

    @Override
    public void unset() {
        next(0);
        append(style.unset);
    }

    @Override
    public void bool(boolean value) {
        int at = next(1);
        bytes[at] = (byte) (value ? 'T' : 'F');
        plainUntil(at + 1);
    }

    @Override
    public void integer(long value) {
        int at = next(Digits.MAX_INTEGER);
        plainUntil(Digits.signed(value, bytes, at));
    }

    @Override
    public void count(long value) {
        int at = next(Digits.MAX_INTEGER);
        plainUntil(Digits.unsigned(value, bytes, at));
    }

    @Override
    public void number(double value) {
        int at = next(Digits.MAX_FIXED);
        plainUntil(Digits.trimmed(value, bytes, at));
    }

    @Override
    public void time(double seconds) {
        int at = next(Digits.MAX_FIXED);
        plainUntil(Digits.fixed(seconds, bytes, at));
    }

    @Override
    public void interval(double seconds) {
        time(seconds);
    }

    @Override
    public void string(Bytes value) {
        byte[] text = value.array();
        next(text.length + 4);
        if (text.length == 0) {
            append(style.empty);
            return;
        }
        int from = 0;
        if (Arrays.equals(text, unsetField) || Arrays.equals(text, emptyField)) {
            bytes[length++] = '\\';
            bytes[length++] = 'x';
            length = ByteEscaper.hex(text[0], bytes, length);
            from = 1;
        }
        append(style.escaper, text, from);
    }

    @Override
    public void enumName(Bytes name) {
        string(name);
    }

    @Override
    public void addr(Addr value) {
        int at = next(Addr.MAX_TEXT);
        plainUntil(value.writeTo(bytes, at));
    }

    @Override
    public void subnet(Subnet value) {
        int at = next(Addr.MAX_TEXT + 4);
        int end = value.prefix().writeTo(bytes, at);
        bytes[end] = '/';
        plainUntil(Digits.unsigned(value.width(), bytes, end + 1));
    }

    @Override
    public void port(Port value) {
        count(value.number());
    }

    @Override
    public void beginContainer(int size) {
        next(0);
        if (size == 0) {
            append(columns.empty);
        }
        style = elements;
        first = true;
    }

    @Override
    public void endContainer() {
        style = columns;
        first = false;
    }
}
