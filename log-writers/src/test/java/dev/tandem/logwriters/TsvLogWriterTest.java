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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TsvLogWriterTest {
    private static final LogField TEXT = field("s", LogType.STRING);

    @TempDir
    Path directory;

    private String row(Map<String, String> options, List<LogField> fields, Consumer<LogRow> row) {
        return Logs.rows(directory, options, fields, List.of(row)).get(0);
    }

    private String text(Map<String, String> options, String latin1) {
        return row(options, List.of(TEXT), r -> r.string(Bytes.latin1(latin1)));
    }

    private String strings(Map<String, String> options, String... elements) {
        return row(options, List.of(set("ss", LogType.STRING)), r -> {
            r.beginContainer(elements.length);
            for (String element : elements) {
                r.string(Bytes.latin1(element));
            }
            r.endContainer();
        });
    }

    /** The row of Zeek's test types. */
    @Test
    void everyTypeHasItsForm() {
        List<LogField> fields = List.of(
                field("b", LogType.BOOL),
                field("f", LogType.BOOL),
                field("i", LogType.INT),
                field("e", LogType.ENUM),
                field("c", LogType.COUNT),
                field("p", LogType.PORT),
                field("sn", LogType.SUBNET),
                field("s6", LogType.SUBNET),
                field("a", LogType.ADDR),
                field("a6", LogType.ADDR),
                field("d", LogType.DOUBLE),
                field("t", LogType.TIME),
                field("iv", LogType.INTERVAL),
                field("s", LogType.STRING),
                set("sc", LogType.COUNT),
                set("se", LogType.STRING),
                vector("vc", LogType.COUNT),
                vector("vn", LogType.STRING),
                field("fn", LogType.FUNC));
        String row = row(Map.of(), fields, r -> {
            r.bool(true);
            r.bool(false);
            r.integer(-42);
            r.enumName(Bytes.of("SSH::LOG"));
            r.count(-1);
            r.port(Port.of(123, Port.Proto.TCP));
            r.subnet(Objects.requireNonNull(Subnet.parse("10.0.0.1/24")));
            r.subnet(Objects.requireNonNull(Subnet.parse("2001:db8::/32")));
            r.addr(Objects.requireNonNull(Addr.parse("1.2.3.4")));
            r.addr(Objects.requireNonNull(Addr.parse("fe80::1:0:0:2")));
            r.number(3.14);
            r.time(1215620010.54321);
            r.interval(100);
            r.string(Bytes.of("hurz"));
            r.beginContainer(2);
            r.count(4);
            r.count(2);
            r.endContainer();
            r.beginContainer(0);
            r.endContainer();
            r.beginContainer(3);
            r.count(10);
            r.unset();
            r.count(30);
            r.endContainer();
            r.beginContainer(1);
            r.unset();
            r.endContainer();
            r.string(Bytes.of("f\n{ \n\treturn }"));
        });
        assertEquals(
                "T\tF\t-42\tSSH::LOG\t18446744073709551615\t123\t10.0.0.0/24\t2001:db8::/32\t1.2.3.4\tfe80::1:0:0:2\t3.14"
                        + "\t1215620010.543210\t100.000000\thurz\t4,2\t(empty)\t10,-,30\t-"
                        + "\tf\\x0a{ \\x0a\\x09return }",
                row);
    }

    @Test
    void emptyAndUnsetHaveMarkersAndTextThatLooksLikeThemIsEscaped() {
        assertEquals("(empty)", text(Map.of(), ""));
        assertEquals("\\x2d", text(Map.of(), "-"));
        assertEquals("\\x28empty)", text(Map.of(), "(empty)"));
        assertEquals("--", text(Map.of(), "--"));
        assertEquals("\\x45MPTY", strings(Map.of("empty_field", "EMPTY"), "EMPTY"));
        assertEquals("EMPTY,x,EMPTY", strings(Map.of("empty_field", "EMPTY"), "", "x", ""));
        assertEquals("-", row(Map.of(), List.of(TEXT), LogRow::unset));
    }

    @Test
    void separatorsAreEscapedWhereTheySeparate() {
        assertEquals("a\\x09b", text(Map.of(), "a\tb"));
        assertEquals("a,b", text(Map.of(), "a,b"));
        assertEquals("\\x2c,CC,\\x2c\\x2c,A\\x09A", strings(Map.of(), ",", "CC", ",,", "A\tA"));
        assertEquals("fa\\x7c\\x7cure|", text(Map.of("separator", "||"), "fa||ure|"));
        assertEquals("\\xc2\\xae", strings(Map.of("set_separator", "\u00ae"), "\u00c2\u00ae"));
    }

    @Test
    void aSeparatorInsideNumbersAndAddressesIsEscapedThere() {
        List<LogField> fields =
                List.of(field("a", LogType.ADDR), field("d", LogType.DOUBLE), field("u", LogType.COUNT));
        String row = row(Map.of("separator", ".", "unset_field", "."), fields, r -> {
            r.addr(Objects.requireNonNull(Addr.parse("1.2.3.4")));
            r.number(0.5);
            r.unset();
        });
        assertEquals("1\\x2e2\\x2e3\\x2e4.0\\x2e5.\\x2e", row);
    }

    @Test
    void anEmptySetSeparatorTurnsEscapingOffInsideSets() {
        assertEquals("a|bc", strings(Map.of("separator", "|", "set_separator", ""), "a|b", "c"));
    }

    @Test
    void backslashesAreDoubled() {
        assertEquals("AB\\\\xffCD\\x00", text(Map.of("enable_utf_8", "F"), "AB\\xffCD\0"));
    }

    @Test
    void utf8PassesUnlessSomethingNearItIsNoText() {
        assertEquals("foo \u00c2\u00ae bar", text(Map.of(), "foo \u00c2\u00ae bar"));
        assertEquals("foo \\xc2\\xae\\x00 bar", text(Map.of(), "foo \u00c2\u00ae\0 bar"));
        // A backslash parts the two stretches, so that only one of them is spoilt.
        assertEquals("\u00c2\u00ae\\\\\\xff", text(Map.of(), "\u00c2\u00ae\\\u00ff"));
        assertEquals("\\xed\\xa0\\x80", text(Map.of(), "\u00ed\u00a0\u0080"));
        assertEquals("foo \\xc2\\xae", text(Map.of("enable_utf_8", "F"), "foo \u00c2\u00ae"));
    }

    @Test
    void aRowThatLooksLikeAMetaLineIsEscaped() {
        List<LogField> fields = List.of(TEXT, field("c", LogType.COUNT));
        Consumer<LogRow> row = r -> {
            r.string(Bytes.of("#Kaputt"));
            r.count(42);
        };
        assertEquals("\\x23Kaputt\t42", row(Map.of(), fields, row));
        assertEquals("#Kaputt\t42", rowWith(Map.of("meta_prefix", "##"), fields, row));
        assertEquals("\\x23Kaputt\t42", rowWith(Map.of("meta_prefix", "#Ka"), fields, row));
    }

    /** Like {@link #row}, where rows cannot be told from the header by their first character. */
    private String rowWith(Map<String, String> options, List<LogField> fields, Consumer<LogRow> row) {
        try (Logs logs = new Logs(directory)) {
            var writer = logs.open("rows", options, fields.toArray(LogField[]::new));
            Logs.write(writer, row);
            writer.close();
            List<String> lines = logs.lines("rows.log").toList();
            return lines.get(lines.size() - 2);
        }
    }

    @Test
    void aRowMayBeLargerThanAChunk() {
        String large = "x".repeat(300_000) + "\t" + "y".repeat(100_000);
        try (Logs logs = new Logs(directory)) {
            var writer = logs.open("large", Map.of(), TEXT);
            for (int i = 0; i < 5; i++) {
                Logs.write(writer, r -> r.string(Bytes.of("small")), r -> r.string(Bytes.of(large)));
            }
            writer.close();
            String expected = ("small\n" + large.replace("\t", "\\x09") + "\n").repeat(5);
            String text = logs.text("large.log");
            int start = text.indexOf("small");
            assertEquals(expected, text.substring(start, text.lastIndexOf("#close")));
        }
    }

    @Test
    void aRowThatWasNotEndedLeavesNoTrace() {
        try (Logs logs = new Logs(directory)) {
            var writer = logs.open("half", Map.of(), TEXT);
            writer.beginRow().string(Bytes.of("abandoned"));
            writer.flush();
            Logs.write(writer, r -> r.string(Bytes.of("whole")));
            writer.beginRow().string(Bytes.of("abandoned"));
            writer.close();
            assertEquals(
                    List.of("whole"),
                    logs.lines("half.log").filter(l -> !l.startsWith("#")).toList());
        }
    }

    @Test
    void flushInTheMiddleOfARowKeepsTheRowWhole() {
        try (Logs logs = new Logs(directory)) {
            var writer = logs.open("mid", Map.of(), TEXT, field("c", LogType.COUNT));
            Logs.write(writer, r -> {
                r.string(Bytes.of("one"));
                r.count(1);
            });
            LogRow row = writer.beginRow();
            row.string(Bytes.of("two"));
            writer.flush();
            row.count(2);
            writer.endRow();
            writer.close();
            assertEquals(
                    List.of("one\t1", "two\t2"),
                    logs.lines("mid.log").filter(l -> !l.startsWith("#")).toList());
        }
    }

    @Test
    void namesOutsideAsciiAreUtf8() {
        byte[] text = "\u00fcber".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                new String(text, StandardCharsets.ISO_8859_1),
                row(Map.of(), List.of(TEXT), r -> r.string(Bytes.wrap(text))));
    }
}
