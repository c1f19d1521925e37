package dev.tandem.logwriters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortestDecimalTest {
    private final ShortestDecimal decimal = new ShortestDecimal();

    private String text(double value) {
        byte[] out = new byte[ShortestDecimal.MAX_LENGTH];
        return new String(out, 0, decimal.write(value, out, 0), StandardCharsets.ISO_8859_1);
    }

    /** The first lines are the values of Zeek's test ascii-double as it writes them in JSON. */
    @ParameterizedTest
    @CsvSource({
        "2153226000.0, 2153226000.0",
        "2153226000.123456789, 2153226000.123457",
        "-1.123456789, -1.123456789",
        "5e4, 50000.0",
        "-3.14e15, -3140000000000000.0",
        "1.79e308, 1.79e308",
        "1.23456789e-5, 0.0000123456789",
        "-2.23e-308, -2.23e-308",
        "-0.0, -0.0",
        "0, 0.0",
        "1e20, 100000000000000000000.0",
        "1e21, 1e21",
        "1.5e21, 1.5e21",
        "1e-6, 0.000001",
        "1e-7, 1e-7",
        "0.1, 0.1",
        "4.9e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "2.2250738585072014e-308, 2.2250738585072014e-308"
    })
    void numbersAreLaidOutAsRapidJsonDoes(double value, String expected) {
        assertEquals(expected, text(value));
    }

    /** Where Grisu2 misses the shortest text; found with RapidJSON itself. */
    @ParameterizedTest
    @CsvSource({
        "3f71db2b3461309c, 0.0043594062499999996",
        "3fe6b26a87d908e3, 0.7092793134000001",
        "3ff95fad7567b7d5, 1.5858587824000001",
        "40511931a8ef77f2, 68.39365599999999",
        "3f9c2877ee4e26d5, 0.027498125000000002",
        "3fe329046e3d8f1c, 0.5987569955000001"
    })
    void longerTextOfGrisuIsKept(String bits, String expected) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertEquals(expected, text(value));
        assertTrue(Double.toString(value).length() < expected.length());
    }

    @Test
    void everyNumberReadsBackTheSame() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 200_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertEquals(value, Double.parseDouble(text(value)), () -> "value " + value);
            }
        }
    }
}
