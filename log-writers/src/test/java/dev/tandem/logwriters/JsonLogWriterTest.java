package dev.tandem.logwriters;

import static dev.tandem.logwriters.Logs.field;
import static dev.tandem.logwriters.Logs.set;
import static dev.tandem.logwriters.Logs.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogRow;
import dev.tandem.core.log.LogType;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLogWriterTest {
    @TempDir
    Path directory;

    private String row(Map<String, String> options, List<LogField> fields, Consumer<LogRow> row) {
        Map<String, String> all = new HashMap<>(options);
        all.put("use_json", "T");
        return Logs.rows(directory, all, fields, List.of(row)).get(0);
    }

    private String text(String policy, String latin1) {
        String row = row(
                Map.of("json_string_escape_policy", "JSON::STRING_ESCAPE_POLICY_" + policy),
                List.of(field("s", LogType.STRING)),
                r -> r.string(Bytes.latin1(latin1)));
        return row.substring("{\"s\":".length(), row.length() - 1);
    }

    /** The row of Zeek's test ascii-json, and one more address. */
    @Test
    void everyTypeHasItsForm() {
        List<LogField> fields = List.of(
                field("b", LogType.BOOL),
                field("i", LogType.INT),
                field("e", LogType.ENUM),
                field("c", LogType.COUNT),
                field("p", LogType.PORT),
                field("sn", LogType.SUBNET),
                field("id.a", LogType.ADDR),
                field("a6", LogType.ADDR),
                field("d", LogType.DOUBLE),
                field("t", LogType.TIME),
                field("iv", LogType.INTERVAL),
                field("s", LogType.STRING),
                set("sc", LogType.COUNT),
                set("se", LogType.STRING),
                vector("vn", LogType.COUNT),
                set("sa", LogType.ADDR),
                field("f", LogType.FUNC));
        String row = row(Map.of(), fields, r -> {
            r.bool(true);
            r.integer(-42);
            r.enumName(Bytes.of("SSH::LOG"));
            r.count(-1);
            r.port(Port.of(123, Port.Proto.TCP));
            r.subnet(Objects.requireNonNull(Subnet.parse("10.0.0.1/24")));
            r.addr(Objects.requireNonNull(Addr.parse("1.2.3.4")));
            r.addr(Objects.requireNonNull(Addr.parse("2001:db8::1")));
            r.number(3.14);
            r.time(1215620010.54321);
            r.interval(100);
            r.string(Bytes.of("hurz"));
            r.beginContainer(4);
            r.count(4);
            r.count(2);
            r.count(3);
            r.count(1);
            r.endContainer();
            r.beginContainer(0);
            r.endContainer();
            r.beginContainer(3);
            r.count(0);
            r.unset();
            r.count(2);
            r.endContainer();
            r.beginContainer(1);
            r.addr(Addr.V4_ZERO);
            r.endContainer();
            r.string(Bytes.of("f\n{ \n\treturn (\"Foo\");\n}"));
        });
        assertEquals(
                "{\"b\":true,\"i\":-42,\"e\":\"SSH::LOG\",\"c\":18446744073709551615,\"p\":123,\"sn\":\"10.0.0.0/24\","
                        + "\"id.a\":\"1.2.3.4\",\"a6\":\"2001:db8::1\",\"d\":3.14,\"t\":1215620010.54321,\"iv\":100.0,"
                        + "\"s\":\"hurz\",\"sc\":[4,2,3,1],\"se\":[],\"vn\":[0,null,2],\"sa\":[\"0.0.0.0\"],"
                        + "\"f\":\"f\\n{ \\n\\treturn (\\\"Foo\\\");\\n}\"}",
                row);
    }

    @Test
    void unsetFieldsAreLeftOutUnlessAskedFor() {
        List<LogField> fields = List.of(field("ts", LogType.TIME), field("msg", LogType.STRING));
        Consumer<LogRow> half = r -> {
            r.unset();
            r.string(Bytes.EMPTY);
        };
        Consumer<LogRow> none = r -> {
            r.unset();
            r.unset();
        };
        assertEquals("{\"msg\":\"\"}", row(Map.of(), fields, half));
        assertEquals("{}", row(Map.of(), fields, none));
        Map<String, String> include = Map.of("json_include_unset_fields", "T");
        assertEquals("{\"ts\":null,\"msg\":\"\"}", row(include, fields, half));
    }

    @Test
    void thereIsNoHeader() {
        try (Logs logs = new Logs(directory)) {
            var writer = logs.open("conn", Map.of("use_json", "T"), field("c", LogType.COUNT));
            Logs.write(writer, r -> r.count(1));
            writer.close();
            assertEquals("{\"c\":1}\n", logs.text("conn.log"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TS_EPOCH, -315619200, -315619200.0",
        "TS_MILLIS, -315619200, -315619200000",
        "TS_MILLIS_UNSIGNED, -315619200, 18446743758090351616",
        "TS_ISO8601, -315619200, '\"1960-01-01T00:00:00.000000Z\"'",
        "TS_EPOCH, 1300475167.096535, 1300475167.096535",
        "TS_MILLIS, 1300475167.096535, 1300475167096",
        "TS_MILLIS, NaN, -9223372036854775808",
        "TS_MILLIS, 1e300, -9223372036854775808",
        "TS_EPOCH, NaN, null"
    })
    void timesHaveTheFormatAskedFor(String format, double seconds, String expected) {
        Map<String, String> options = Map.of("json_timestamps", "JSON::" + format);
        assertEquals("{\"t\":" + expected + "}", row(options, List.of(field("t", LogType.TIME)), r -> r.time(seconds)));
    }

    @Test
    void whatIsNoNumberIsNull() {
        List<LogField> fields = List.of(field("d", LogType.DOUBLE), field("i", LogType.INTERVAL));
        assertEquals("{\"d\":null,\"i\":null}", row(Map.of(), fields, r -> {
            r.number(Double.NaN);
            r.interval(Double.NEGATIVE_INFINITY);
        }));
    }

    /** The strings are of Zeek's test ascii-json-utf8. */
    @Test
    void hexPolicyEscapesAllBytesOnceOneIsNoText() {
        assertEquals("\"\\b\\f\\n\\r\\t\\\\x00\\\\x15\"", text("HEX", "\b\f\n\r\t\0\u0015"));
        assertEquals("\"\u00c3\u00b1\"", text("HEX", "\u00c3\u00b1"));
        assertEquals("\"\\\\xc3(\"", text("HEX", "\u00c3("));
        assertEquals("\"\\\\xf0\\\\x9f\\\\x9a\\\\x80!\\\\x00\"", text("HEX", "\u00f0\u009f\u009a\u0080!\0"));
        assertEquals("\"\\\\a=\\\\x07 \\\\b=\\b\"", text("HEX", "\\a=\u0007 \\b=\b"));
        assertEquals("\"\\\"\\\\\"", text("HEX", "\"\\"));
    }

    @Test
    void puaPolicyEscapesOnlyTheBytesThatAreNoText() {
        assertEquals("\"\\b\\f\\n\\r\\t\\udb80\\udc00\\udb80\\udc15\"", text("PUA", "\b\f\n\r\t\0\u0015"));
        assertEquals(
                "\"\u00f0\u009f\u009a\u0080!\\udb80\\udc00\\udb80\\udcf0\"",
                text("PUA", "\u00f0\u009f\u009a\u0080!\0\u00f0"));
        assertEquals("\"\\\"\\\\\"", text("PUA", "\"\\"));
    }

    @Test
    void tsvPolicyQuotesTheTextOfTabSeparatedLogs() {
        assertEquals("\"\\\\x08\\\\x0a\\\\x00\"", text("TSV", "\b\n\0"));
        assertEquals("\"\\\\\\\\\\\"\"", text("TSV", "\\\""));
        assertEquals("\"\u00c3\u00b1\"", text("TSV", "\u00c3\u00b1"));
    }

    @Test
    void namesOfColumnsAreEscaped() {
        LogField odd = field("a\"b\\c\n\u0001", LogType.COUNT);
        assertEquals("{\"a\\\"b\\\\c\\n\\u0001\":1}", row(Map.of(), List.of(odd), r -> r.count(1)));
    }
}
