package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.SimpleType;
import dev.tandem.script.types.Types;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
    private final RecordingContext ctx = new RecordingContext();

    private String fmt(String format, Object... args) {
        Object[] all = new Object[args.length + 1];
        all[0] = Bytes.latin1(format);
        System.arraycopy(args, 0, all, 1, args.length);
        return ctx.text("fmt", all);
    }

    private static AnyValue count(long n) {
        return new AnyValue(Types.COUNT, n);
    }

    private static AnyValue number(SimpleType type, double d) {
        return new AnyValue(type, d);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "%d|255|255",
                "%x|255|ff",
                "%5d|255|  255",
                "%-5d|255|255  ",
                "%05d|255|00255",
                "%-05d|255|255  ",
                "%s|255|255",
                "%8x|3735928559|deadbeef",
                "%010x|3735928559|00deadbeef",
                "%d|-1|18446744073709551615",
                "%x|-1|ffffffffffffffff",
                "<%3s>|7|<  7>",
                "<%-3s>|7|<7  >"
            })
    void countsFormat(String format, long n, String expected) {
        assertEquals(expected, fmt(format, count(n)));
        assertEquals(List.of(), ctx.messages);
    }

    @Test
    void intsKeepTheirSign() {
        assertEquals("-5 fffffffffffffffb -0005", fmt("%d %x %05d", i(-5), i(-5), i(-5)));
    }

    private static AnyValue i(long n) {
        return new AnyValue(Types.INT, n);
    }

    @Test
    void otherIntegralTypesFormatAsNumbers() {
        EnumType e = new EnumType();
        assertEquals("3", fmt("%d", e.add("E::A", 3L)));
        assertEquals("1 0", fmt("%d %d", true, false));
        assertEquals("443 1bb", fmt("%d %x", Port.of(443, Port.Proto.TCP), Port.of(443, Port.Proto.TCP)));
    }

    @Test
    void addressesFormatInHex() {
        assertEquals("0a000001", fmt("%x", Addr.parse("10.0.0.1")));
        assertEquals("20010db8000000000000000000000001", fmt("%x", Addr.parse("2001:db8::1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "%f|2.5|2.500000",
                "%.2f|2.675|2.67",
                "%8.3f|3.14159|   3.142",
                "%-8.1f|3.14159|3.1     ",
                "%08.2f|-1.5|-0001.50",
                "%e|31415.9|3.141590e+04",
                "%.0e|31415.9|3e+04",
                "%10.2e|0.5|  5.00e-01",
                "%g|0.0001|0.0001",
                "%.3g|1234.5|1.23e+03",
                "%s|2.5|2.5",
                "%f|NaN|nan",
                "%06f|Infinity|   inf"
            })
    void doublesFormat(String format, double d, String expected) {
        assertEquals(expected, fmt(format, number(Types.DOUBLE, d)));
        assertEquals(List.of(), ctx.messages);
    }

    @Test
    void intervalsAndTimesFormatAsNumbersOrText() {
        assertEquals("90.0 1.0 min 30.0 secs", fmt("%.1f %s", number(Types.INTERVAL, 90), number(Types.INTERVAL, 90)));
        assertEquals("1.50", fmt("%.2f", number(Types.TIME, 1.5)));
    }

    @Test
    void datesFormatInLocalTime() {
        double t = 86400 * 365 + 12.25;
        String date = TimeText.format("%Y-%m-%d-%H:%M:%S", TimeText.local((long) t));
        assertEquals(date, fmt("%D", number(Types.TIME, t)));
        assertEquals(date.substring(0, 17) + "12.250000000", fmt("%T", number(Types.TIME, t)));
    }

    @Test
    void percentSignsAndTextStay() {
        assertEquals("100% of 7 %", fmt("100%% of %d %%", count(7)));
        assertEquals("\u00ff\u0000x", fmt("\u00ff\u0000x"));
        assertEquals("", ctx.text("fmt"));
    }

    @Test
    void stringsGoInRaw() {
        assertEquals("[a\nb]", fmt("[%s]", Bytes.of("a\nb")));
    }

    @Test
    void tooManyOrTooFewArgumentsGiveNothing() {
        assertEquals("", fmt("%d", count(1), count(2)));
        assertEquals("", fmt("%d %d", count(1)));
        assertEquals(
                List.of("error: too many arguments for format (%d)", "error: too few arguments for format (%d %d)"),
                ctx.messages);
    }

    @Test
    void wrongTypesAreReportedAndLeftOut() {
        assertEquals("<>", fmt("<%d>", Bytes.of("x")));
        assertEquals("<   >", fmt("<%3d>", number(Types.DOUBLE, 1)));
        assertEquals("<>", fmt("<%f>", count(1)));
        assertEquals("<>", fmt("<%D>", count(1)));
        assertEquals("<>", fmt("<%q>", count(1)));
        assertEquals(
                List.of(
                        "error: bad type for %d/%x format (x)",
                        "error: bad type for %d/%x format (1.0)",
                        "error: bad type for floating-point format (1)",
                        "error: bad type for Date/Time format (1)",
                        "error: bad format"),
                ctx.messages);
    }

    @Test
    void widthsAreLimitedAndPrecisionIsForFloats() {
        assertEquals("", fmt("%200d", count(1)).replace("d", ""));
        assertEquals("x", fmt("%.3s", Bytes.of("x")));
        assertEquals(
                List.of(
                        "error: excessive field width or precision",
                        "error: precision specified for non-floating point"),
                ctx.messages);
    }

    @Test
    void catJoinsDescriptions() {
        assertEquals("a1T1.0 min", ctx.text("cat", Bytes.of("a"), count(1), true, number(Types.INTERVAL, 60)));
        assertEquals("", ctx.text("cat"));
    }

    @Test
    void catSepReplacesEmptyStrings() {
        assertEquals("a|-|3", ctx.text("cat_sep", Bytes.of("|"), Bytes.of("-"), Bytes.of("a"), Bytes.EMPTY, count(3)));
    }

    @Test
    void stringCatTakesStringsOnly() {
        assertEquals("ab", ctx.text("string_cat", Bytes.of("a"), Bytes.of("b")));
        assertEquals("", ctx.text("string_cat", Bytes.of("a"), count(1)));
        assertEquals(List.of("error: string_cat() requires string arguments"), ctx.messages);
    }
}
