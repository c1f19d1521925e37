package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionFunctionsTest {
    private final RecordingContext ctx = new RecordingContext();

    private static Bytes b(String s) {
        return Bytes.latin1(s);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "7,10,7",
                " 42 ,10,42",
                "ff,16,255",
                "0xFF,16,255",
                "0x1f,0,31",
                "017,0,15",
                "-1,10,18446744073709551615",
                "99999999999999999999,10,18446744073709551615",
                "z,36,35"
            })
    void countsAreReadAsCDoes(String text, long base, String expected) {
        assertEquals(expected, Long.toUnsignedString((Long) ctx.call("to_count", b(text), base)));
        assertEquals(List.of(), ctx.messages);
    }

    @ParameterizedTest
    @CsvSource({"'', 10", "x, 10", "7 x, 10", "12, 1", "-, 10"})
    void whatIsNoCountIsReported(String text, long base) {
        assertEquals(0L, ctx.call("to_count", b(text), base));
        assertEquals(List.of("error: bad conversion to count (" + text + ")"), ctx.messages);
    }

    @ParameterizedTest
    @CsvSource({
        "-7, -7",
        "+7, 7",
        "9223372036854775808, 9223372036854775807",
        "-9999999999999999999, -9223372036854775808"
    })
    void intsAreCutAtTheirRange(String text, long expected) {
        assertEquals(expected, ctx.call("to_int", b(text), null));
    }

    @ParameterizedTest
    @CsvSource({
        "3.14, 3.14",
        "-1e3, -1000",
        ".5, 0.5",
        "5., 5",
        "0x1p4, 16",
        "0x10, 16",
        "inf, Infinity",
        "-INF, -Infinity"
    })
    void doublesAreReadAsCDoes(String text, double expected) {
        assertEquals(expected, ctx.call("to_double", b(text)));
    }

    @ParameterizedTest
    @CsvSource({"''", "1.5f", "1.5d", "1e", "abc", ".", "'1 '"})
    void whatIsNoDoubleIsReported(String text) {
        assertEquals(0.0, ctx.call("to_double", b(text)));
        assertEquals(1, ctx.messages.size());
    }

    @Test
    void numbersChangeType() {
        assertEquals(2L, ctx.call("double_to_count", 2.5));
        assertEquals(-2L, ctx.call("double_to_int", -1.5));
        assertEquals(0L, ctx.call("double_to_count", -1.0));
        assertEquals(0L, ctx.call("int_to_count", -2L));
        assertEquals(1.8446744073709552e19, ctx.call("count_to_double", -1L));
        assertEquals(
                List.of("error: bad conversion to count (-1.0)", "error: bad conversion to count (-2)"), ctx.messages);
    }

    @ParameterizedTest
    @CsvSource({"1.2.3.4, 1.2.3.4", "010.000.000.009, 10.0.0.9", "2001:DB8::1, 2001:db8::1"})
    void addressesAreRead(String text, String expected) {
        assertEquals(Addr.parse(expected), ctx.call("to_addr", b(text)));
        assertEquals(true, ctx.call("is_valid_ip", b(text)));
    }

    @ParameterizedTest
    @CsvSource({"''", "1.2.3", "1.2.3.256", "1.2.3.4.5", "1.2.3.4x", "host", "1:2", "10.0.0.0/8"})
    void whatIsNoAddressGivesTheUnspecifiedOne(String text) {
        assertEquals(Addr.V6_ZERO, ctx.call("to_addr", b(text)));
        assertEquals(List.of("error: failed converting string to IP address (" + text + ")"), ctx.messages);
        assertEquals(false, ctx.call("is_valid_ip", b(text)));
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3/8, 10.0.0.0/8", "2607:f8b0::/32, 2607:f8b0::/32", "1.2.3.4/32, 1.2.3.4/32"})
    void subnetsAreRead(String text, String expected) {
        assertEquals(expected, String.valueOf(ctx.call("to_subnet", b(text))));
    }

    @Test
    void whatIsNoSubnetGivesTheUniversalOne() {
        assertEquals("::/0", String.valueOf(ctx.call("to_subnet", b("10.0.0.0/33"))));
        assertEquals("::/0", String.valueOf(ctx.call("to_subnet", b("10.0.0.0"))));
        assertEquals(2, ctx.messages.size());
        assertEquals(false, ctx.call("is_valid_subnet", b("10.0.0.0/33")));
    }

    @Test
    void portsAreRead() {
        assertEquals(Port.of(53, Port.Proto.UDP), ctx.call("to_port", b("53/udp")));
        assertEquals(Port.of(8, Port.Proto.ICMP), ctx.call("to_port", b("8/icmp")));
        assertEquals(Port.of(0, Port.Proto.UNKNOWN), ctx.call("to_port", b("53")));
        assertEquals(Port.of(0, Port.Proto.UNKNOWN), ctx.call("to_port", b("53/xyz")));
        assertEquals(2, ctx.messages.size());
    }

    @Test
    void enumToIntWantsAnEnum() {
        assertEquals(-1L, ctx.call("enum_to_int", b("x")));
        assertEquals(List.of("error: enum_to_int() requires enum value"), ctx.messages);
    }
}
