package dev.tandem.script.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleTextTest {
    private static String text(double d) {
        ByteSink out = new ByteSink();
        DoubleText.append(out, d);
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, 0.0",
        "1, 1.0",
        "-3.5, -3.5",
        "0.1, 0.1",
        "1234.5678906, 1234.567891",
        "1527512345.123457, 1527512345.123457",
        "2147483647, 2147483647.0",
        "2147483648, 2.147483648e+09",
        "1e10, 1e+10",
        "-1.5e300, -1.5e+300",
        "0.000001, 0.000001",
        "0.0000001, 1e-07",
        "-0.00000012345678, -1.23457e-07",
        "0.9999999999, 1.0",
        "0.9999999, 1",
        "3.00000000001, 3.0",
        "NaN, nan",
        "Infinity, inf",
        "-Infinity, -inf"
    })
    void printsAsZeekDoes(double d, String expected) {
        assertEquals(expected, text(d));
    }

    @Test
    void sixDecimalsRoundLikeExactArithmetic() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            double d = i % 3 == 0
                    ? (random.nextInt(4_000_001) + 0.5) / 1e6
                    : random.nextDouble() * Math.pow(10, random.nextInt(10));
            if (d > Integer.MAX_VALUE || d < 1e-6) {
                continue;
            }
            String exact = new BigDecimal(d)
                    .setScale(6, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros()
                    .toPlainString();
            boolean integer = Math.abs(d - Math.rint(d)) < 1e-9;
            assertEquals(integer ? exact + ".0" : exact, text(d));
        }
    }

    @ParameterizedTest
    @CsvSource({"2.5, 0, 2", "3.5, 0, 4", "1.005, 2, 1.00", "-0.0001, 2, -0.00", "1e22, 1, 10000000000000000000000.0"})
    void fixedRoundsHalfToEvenOnTheExactValue(double d, int precision, String expected) {
        assertEquals(expected, DoubleText.fixed(d, precision));
    }

    @ParameterizedTest
    @CsvSource({
        "12345.678, 3, 1.235e+04",
        "0, 2, 0.00e+00",
        "9.9996, 3, 1.000e+01",
        "1e-300, 0, 1e-300",
        "-5, 1, -5.0e+00"
    })
    void scientificHasTwoExponentDigitsAtLeast(double d, int precision, String expected) {
        assertEquals(expected, DoubleText.scientific(d, precision));
    }

    @ParameterizedTest
    @CsvSource({
        "100000, 6, 100000",
        "1000000, 6, 1e+06",
        "999999.5, 6, 1e+06",
        "0.0001, 6, 0.0001",
        "0.00001, 6, 1e-05",
        "3.14159265, 3, 3.14",
        "250, 0, 2e+02",
        "0, 3, 0"
    })
    void generalPicksTheShorterForm(double d, int precision, String expected) {
        assertEquals(expected, DoubleText.general(d, precision));
    }
}
