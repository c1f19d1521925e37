package dev.tandem.logwriters;

import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Rows as JSON objects, one per line (zeek {@code src/threading/formatters/JSON.cc}). */
final class JsonLogWriter extends QueuedLogWriter {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.ISO_8859_1);

    private final byte[][] keys;
    private final boolean includeUnset;
    private final AsciiOptions.TimeFormat timeFormat;
    private final ByteEscaper stringEscaper;
    private final ByteEscaper nameEscaper = new JsonHexEscaper();
    private final ShortestDecimal decimal = new ShortestDecimal();

    private int field;
    private boolean first;
    private boolean inContainer;

    JsonLogWriter(
            Front front, LogFile file, LogWriterThread thread, AsciiOptions options, Consumer<LogWriter> onClose) {
        super(front, file, thread, options.metaPrefix(), onClose);
        List<LogField> fields = front.schema().fields();
        keys = new byte[fields.size()][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = JsonText.key(fields.get(i).name());
        }
        includeUnset = options.jsonIncludeUnset();
        timeFormat = options.jsonTimestamps();
        stringEscaper = switch (options.jsonEscapes()) {
            case STRING_ESCAPE_POLICY_HEX -> new JsonHexEscaper();
            case STRING_ESCAPE_POLICY_PUA -> new JsonPuaEscaper();
            case STRING_ESCAPE_POLICY_TSV -> TsvEscaper.forJson();
        };
    }

    @Override
    void startRow() {
        field = 0;
        first = true;
        inContainer = false;
    }

    @Override
    void finishRow() {
        room(2);
        if (first) {
            bytes[length++] = '{';
        }
        bytes[length++] = '}';
    }

    /** Begins a value of at most {@code count} bytes and returns where. */
    private int next(int count) {
        if (inContainer) {
            room(count + 1);
            if (!first) {
                bytes[length++] = ',';
            }
        } else {
            byte[] key = keys[field++];
            room(count + 1 + key.length);
            bytes[length++] = (byte) (first ? '{' : ',');
            System.arraycopy(key, 0, bytes, length, key.length);
            length += key.length;
        }
        first = false;
        return length;
    }

    @Override
    public void unset() {
        if (inContainer || includeUnset) {
            next(0);
            append(NULL);
        } else {
            field++;
        }
    }

    @Override
    public void bool(boolean value) {
        next(0);
        append(value ? TRUE : FALSE);
    }

    @Override
    public void integer(long value) {
        int at = next(Digits.MAX_INTEGER);
        length = Digits.signed(value, bytes, at);
    }

    @Override
    public void count(long value) {
        int at = next(Digits.MAX_INTEGER);
        length = Digits.unsigned(value, bytes, at);
    }

    @Override
    public void number(double value) {
        int at = next(ShortestDecimal.MAX_LENGTH);
        if (Double.isFinite(value)) {
            length = decimal.write(value, bytes, at);
        } else {
            append(NULL);
        }
    }

    @Override
    public void time(double seconds) {
        switch (timeFormat) {
            case TS_EPOCH -> number(seconds);
            case TS_MILLIS -> integer(millis(seconds));
            case TS_MILLIS_UNSIGNED -> count(millis(seconds));
            case TS_ISO8601 -> {
                int at = next(IsoTime.MAX_LENGTH + 2);
                bytes[at] = '"';
                length = IsoTime.write(seconds, bytes, at + 1);
                bytes[length++] = '"';
            }
        }
    }

    /** Truncated; what does not fit becomes the lowest number, as processors of the x86 family convert it. */
    private static long millis(double seconds) {
        double millis = seconds * 1000;
        return Math.abs(millis) < 0x1p63 ? (long) millis : Long.MIN_VALUE;
    }

    @Override
    public void interval(double seconds) {
        number(seconds);
    }

    @Override
    public void string(Bytes value) {
        quoted(value, stringEscaper);
    }

    @Override
    public void enumName(Bytes name) {
        quoted(name, nameEscaper);
    }

    private void quoted(Bytes value, ByteEscaper escaper) {
        int at = next(1);
        bytes[at] = '"';
        length++;
        append(escaper, value.array(), 0);
        room(1);
        bytes[length++] = '"';
    }

    @Override
    public void addr(Addr value) {
        int at = next(Addr.MAX_TEXT + 2);
        bytes[at] = '"';
        int end = value.writeTo(bytes, at + 1);
        bytes[end] = '"';
        length = end + 1;
    }

    @Override
    public void subnet(Subnet value) {
        int at = next(Addr.MAX_TEXT + 6);
        bytes[at] = '"';
        int end = value.prefix().writeTo(bytes, at + 1);
        bytes[end] = '/';
        end = Digits.unsigned(value.width(), bytes, end + 1);
        bytes[end] = '"';
        length = end + 1;
    }

    @Override
    public void port(Port value) {
        count(value.number());
    }

    @Override
    public void beginContainer(int elements) {
        int at = next(1);
        bytes[at] = '[';
        length++;
        inContainer = true;
        first = true;
    }

    @Override
    public void endContainer() {
        room(1);
        bytes[length++] = ']';
        inContainer = false;
        first = false;
    }
}
