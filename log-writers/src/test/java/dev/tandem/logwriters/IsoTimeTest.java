package dev.tandem.logwriters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsoTimeTest {
    private static String text(double seconds) {
        byte[] out = new byte[IsoTime.MAX_LENGTH];
        return new String(out, 0, IsoTime.write(seconds, out, 0), StandardCharsets.ISO_8859_1);
    }

    /** Values of Zeek's test ascii-json-iso-timestamps; then a carry that does not happen, and times without a date. */
    @ParameterizedTest
    @CsvSource({
        "1215620010.005432, 2008-07-09T16:13:30.005432Z",
        "533782861.9, 1986-12-01T01:01:01.900000Z",
        "-0.4, 1969-12-31T23:59:59.600000Z",
        "-1.0, 1969-12-31T23:59:59.000000Z",
        "-1.4, 1969-12-31T23:59:58.600000Z",
        "-99, 1969-12-31T23:58:21.000000Z",
        "951782400, 2000-02-29T00:00:00.000000Z",
        "5.9999999, 1970-01-01T00:00:05.1000000Z",
        "NaN, 2000-01-01T00:00:00.000000",
        "Infinity, 2000-01-01T00:00:00.000000",
        "-1e300, 2000-01-01T00:00:00.000000"
    })
    void timesAreUtcWithMicroseconds(double seconds, String expected) {
        assertEquals(expected, text(seconds));
    }

    @Test
    void datesAgreeWithTheCalendar() {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT)
                .withZone(ZoneOffset.UTC);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 100_000; i++) {
            long seconds = random.nextLong(-30_000_000_000L, 250_000_000_000L);
            assertEquals(format.format(Instant.ofEpochSecond(seconds)) + ".000000Z", text(seconds));
        }
    }
}
