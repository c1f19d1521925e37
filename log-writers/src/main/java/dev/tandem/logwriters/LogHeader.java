package dev.tandem.logwriters;

import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.value.Bytes;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The lines a file says about itself, at its start and end (zeek {@code src/logging/writers/ascii/Ascii.cc}). Their times
 * are local time of the wall clock, also when a trace is replayed.
 */
final class LogHeader {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd-HH-mm-ss", Locale.ROOT);

    private final String path;
    private final List<LogField> fields;
    private final AsciiOptions options;
    private final Clock clock;

    LogHeader(LogSchema schema, AsciiOptions options, Clock clock) {
        this.path = options.toStdout() ? "/dev/stdout" : schema.path();
        this.fields = schema.fields();
        this.options = options;
        this.clock = clock;
    }

    /** What a file begins with; empty without meta lines. */
    byte[] opening() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!options.hasHeader()) {
            return out.toByteArray();
        }
        if (options.tsv()) {
            put(out, columns(LogField::name));
            out.write('\n');
            return out.toByteArray();
        }
        put(out, options.metaPrefix());
        put(out, Bytes.of("separator "));
        put(out, escaped(options.separator()));
        out.write('\n');
        line(out, "set_separator", escaped(options.setSeparator()));
        line(out, "empty_field", escaped(options.emptyField()));
        line(out, "unset_field", escaped(options.unsetField()));
        line(out, "path", escaped(Bytes.of(path)));
        line(out, "open", now());
        line(out, "fields", columns(LogField::name));
        line(out, "types", columns(LogField::typeName));
        return out.toByteArray();
    }

    /** What a file ends with; empty when there is nothing to say. */
    byte[] closing() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (options.hasHeader() && !options.tsv()) {
            line(out, "close", now());
        }
        return out.toByteArray();
    }

    private Bytes columns(Function<LogField, String> text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean first = true;
        for (LogField field : fields) {
            if (!first) {
                put(out, options.separator());
            }
            first = false;
            put(out, Bytes.of(text.apply(field)));
        }
        return Bytes.wrap(out.toByteArray());
    }

    private void line(ByteArrayOutputStream out, String key, Bytes value) {
        put(out, options.metaPrefix());
        put(out, Bytes.of(key));
        put(out, options.separator());
        put(out, value);
        out.write('\n');
    }

    private static void put(ByteArrayOutputStream out, Bytes bytes) {
        out.writeBytes(bytes.array());
    }

    private Bytes now() {
        return Bytes.of(LOCAL.format(LocalDateTime.now(clock)));
    }

    /** White space and what is not ASCII as {@code \xNN}; a backslash stays. */
    private static Bytes escaped(Bytes text) {
        byte[] out = new byte[4 * text.length()];
        int at = 0;
        for (byte value : text.array()) {
            if (value != ' ' && ByteEscaper.isPrintable(value)) {
                out[at++] = value;
            } else {
                out[at++] = '\\';
                out[at++] = 'x';
                at = ByteEscaper.hex(value, out, at);
            }
        }
        return Bytes.copyOf(out, 0, at);
    }
}
