package dev.tandem.logwriters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {
    private interface Format {
        int write(byte[] out, int at);
    }

    private static String text(Format format) {
        byte[] out = new byte[Digits.MAX_FIXED + 2];
        return new String(out, 1, format.write(out, 1) - 1, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 10, 99, 100, 12345, 999_999_999_999_999_999L, Long.MAX_VALUE, -1, -42, Long.MIN_VALUE})
    void integersAreDecimal(long value) {
        assertEquals(Long.toString(value), text((out, at) -> Digits.signed(value, out, at)));
        assertEquals(Long.toUnsignedString(value), text((out, at) -> Digits.unsigned(value, out, at)));
    }

    @ParameterizedTest
    @CsvSource({
        "1234567890.0000001, 1234567890.000000",
        "2385642157, 2385642157.000000",
        "0.9999996, 1.000000",
        "41.9999996, 42.000000",
        "-1.5, -1.500000",
        "-0.0, -0.000000",
        "0.00000051, 0.000001",
        "0.00000049, 0.000000",
        "4.9e-324, 0.000000",
        "9007199254740993, 9007199254740992.000000",
        "9223372036854775808, 9223372036854775808.000000",
        "1e23, 99999999999999991611392.000000",
        "Infinity, inf",
        "-Infinity, -inf",
        "NaN, nan"
    })
    void timesHaveSixDecimals(double value, String expected) {
        assertEquals(expected, text((out, at) -> Digits.fixed(value, out, at)));
    }

    @Test
    void halvesGoToTheEvenMillionth() {
        double step = 1.0 / (1 << 7); // 0.0078125: the seventh decimal is the last
        for (int i = 0; i < 1000; i++) {
            double value = i * step;
            String expected =
                    new BigDecimal(value).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
            assertEquals(expected, text((out, at) -> Digits.fixed(value, out, at)));
        }
    }

    @Test
    void fixedAgreesWithExactArithmetic() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 100_000; i++) {
            double value = Math.scalb(random.nextDouble(), random.nextInt(-80, 70));
            String expected =
                    new BigDecimal(value).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
            assertEquals(expected, text((out, at) -> Digits.fixed(value, out, at)), () -> "value " + value);
        }
    }

    /** The values of Zeek's test ascii-double, and the edges of its rule for ".0". */
    @ParameterizedTest
    @CsvSource({
        "2153226000.0, 2153226000.0",
        "2153226000.1, 2153226000.1",
        "2153226000.123456789, 2153226000.123457",
        "1.0, 1.0",
        "-1.123456789, -1.123457",
        "0.1234, 0.1234",
        "5e4, 50000.0",
        "-3.14e15, -3140000000000000.0",
        "1.23456789e-5, 0.000012",
        "2.23e-308, 0.0",
        "-2.23e-308, -0.0",
        "-0.0, 0.0",
        "100.5, 100.5",
        "0.0000004, 0",
        "-3.0000004, -3",
        "1.0000000001, 1.0",
        "Infinity, inf",
        "-Infinity, -inf",
        "NaN, nan"
    })
    void doublesLoseTrailingZeros(double value, String expected) {
        assertEquals(expected, text((out, at) -> Digits.trimmed(value, out, at)));
    }

    @Test
    void theGreatestDoubleIsWrittenOut() {
        String text = text((out, at) -> Digits.trimmed(-Double.MAX_VALUE, out, at));
        assertEquals(new BigDecimal(-Double.MAX_VALUE).toPlainString() + ".0", text);
    }
}
