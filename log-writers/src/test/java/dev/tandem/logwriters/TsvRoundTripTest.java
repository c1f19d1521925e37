package dev.tandem.logwriters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogRow;
import dev.tandem.core.log.LogType;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Subnet;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was written can be read back, whatever the strings hold. */
class TsvRoundTripTest {
    private static final int ROWS = 4000;
    private static final List<String> PIECES = List.of(
            "a",
            "b c",
            "\\",
            "x2d",
            "\t",
            ",",
            "|",
            "<",
            "<>",
            "#",
            "-",
            "(empty)",
            "\n",
            "\0",
            "\u00c3\u00b1",
            "\u00f0\u009f",
            "\u007f",
            "\u00ff",
            "\u00ef\u00bf\u00bd");
    private static final List<LogField> FIELDS = List.of(
            Logs.field("s", LogType.STRING),
            Logs.field("d", LogType.DOUBLE),
            Logs.field("t", LogType.TIME),
            Logs.field("a", LogType.ADDR),
            Logs.field("n", LogType.SUBNET),
            Logs.field("i", LogType.INT),
            Logs.vector("v", LogType.STRING),
            Logs.field("last", LogType.STRING));

    @TempDir
    Path directory;

    /** A row's values: a Bytes, a number, an address, a list of Bytes, or UNSET. */
    private static final Object UNSET = new Object() {
        @Override
        public String toString() {
            return "unset";
        }
    };

    private final SplittableRandom random = new SplittableRandom(42);

    private Object string() {
        if (random.nextInt(6) == 0) {
            return UNSET;
        }
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(5); pieces > 0; pieces--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return Bytes.latin1(text.toString());
    }

    private List<Object> row() {
        List<Object> strings = new ArrayList<>();
        for (int size = random.nextInt(4); size > 0; size--) {
            strings.add(string());
        }
        // One empty string and no string at all are written alike, and so are one unset string and an unset vector.
        if (strings.size() == 1 && (strings.get(0) == UNSET || strings.get(0).equals(Bytes.EMPTY))) {
            strings.clear();
        }
        Addr addr = random.nextBoolean()
                ? Addr.v4(random.nextInt())
                : Addr.v6(
                        random.nextLong() & random.nextLong() & random.nextLong(),
                        random.nextInt(3) * random.nextLong());
        int width = addr.isV4() ? random.nextInt(33) : random.nextInt(129);
        return List.of(
                string(),
                Math.scalb(random.nextDouble() - 0.5, random.nextInt(-20, 60)),
                random.nextDouble(-1e9, 4e9),
                addr,
                new Subnet(addr, addr.isV4() ? 96 + width : width),
                random.nextLong() >> random.nextInt(64),
                strings,
                string());
    }

    private static void write(LogRow out, List<Object> row) {
        for (int i = 0; i < row.size(); i++) {
            LogType type = FIELDS.get(i).type();
            switch (row.get(i)) {
                case Bytes text -> out.string(text);
                case Double value -> {
                    if (type == LogType.TIME) {
                        out.time(value);
                    } else {
                        out.number(value);
                    }
                }
                case Addr addr -> out.addr(addr);
                case Subnet subnet -> out.subnet(subnet);
                case Long value -> out.integer(value);
                case List<?> elements -> {
                    out.beginContainer(elements.size());
                    for (Object element : elements) {
                        if (element instanceof Bytes text) {
                            out.string(text);
                        } else {
                            out.unset();
                        }
                    }
                    out.endContainer();
                }
                default -> out.unset();
            }
        }
    }

    private static Object read(LogField field, String text, String setSeparator) {
        if (field.container() == LogField.Container.VECTOR) {
            List<Object> elements = new ArrayList<>();
            if (!text.equals("(empty)")) {
                for (String element : split(text, setSeparator)) {
                    elements.add(readString(element));
                }
            }
            return elements;
        }
        return switch (field.type()) {
            case STRING -> readString(text);
            case DOUBLE, TIME -> new BigDecimal(text);
            case ADDR, SUBNET -> text;
            default -> Long.parseLong(text);
        };
    }

    private static Object readString(String text) {
        return switch (text) {
            case "-" -> UNSET;
            case "(empty)" -> Bytes.EMPTY;
            default -> unescape(text);
        };
    }

    private static Bytes unescape(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\') {
                out.write(text.charAt(i));
            } else if (text.charAt(i + 1) == '\\') {
                out.write('\\');
                i++;
            } else {
                assertEquals('x', text.charAt(i + 1));
                out.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            }
        }
        return Bytes.wrap(out.toByteArray());
    }

    private static List<String> split(String text, String separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
            parts.add(text.substring(start, at));
            start = at + separator.length();
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Object expected(Object value) {
        return value instanceof Addr || value instanceof Subnet ? value.toString() : value;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"'\t';,;T", "'\t';,;F", "|;, ;T", "<>;,;T", "';';|;F"})
    void rowsReadBackAsWritten(String separator, String setSeparator, String utf8) {
        List<List<Object>> written = new ArrayList<>();
        List<Consumer<LogRow>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            List<Object> row = row();
            written.add(row);
            rows.add(out -> write(out, row));
        }
        Map<String, String> options =
                Map.of("separator", separator, "set_separator", setSeparator, "enable_utf_8", utf8);
        List<String> lines = Logs.rows(directory, options, FIELDS, rows);
        assertEquals(ROWS, lines.size());
        for (int i = 0; i < ROWS; i++) {
            List<String> columns = split(lines.get(i), separator);
            assertEquals(FIELDS.size(), columns.size(), lines.get(i));
            for (int c = 0; c < columns.size(); c++) {
                Object value = expected(written.get(i).get(c));
                Object read = read(FIELDS.get(c), columns.get(c), setSeparator);
                if (read instanceof BigDecimal number) {
                    BigDecimal rounded = new BigDecimal((Double) value).setScale(6, RoundingMode.HALF_EVEN);
                    assertEquals(0, rounded.compareTo(number), lines.get(i));
                } else {
                    assertEquals(value, read, lines.get(i));
                }
            }
        }
    }
}
