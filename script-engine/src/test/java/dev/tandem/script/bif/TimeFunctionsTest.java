package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Bytes;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFunctionsTest {
    private static final ZonedDateTime WHEN =
            LocalDateTime.of(2018, 1, 5, 15, 4, 9).atZone(ZoneId.of("Z"));

    private final RecordingContext ctx = new RecordingContext();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "%Y-%m-%dT%H:%M:%S|2018-01-05T15:04:09",
                "%a %A %b %B|Fri Friday Jan January",
                "%e %k %l %I %p|" + " 5 15  3 03 PM",
                "%j %U %W %V %u %w|005 00 01 01 5 5",
                "%y %C %G %g|18 20 2018 18",
                "%D %F %T %R %r|01/05/18 2018-01-05 15:04:09 15:04 03:04:09 PM",
                "%c|Fri Jan  5 15:04:09 2018",
                "%s|1515164649",
                "%z %%|+0000 %",
                "%Q x|%Q x"
            })
    void formats(String format, String expected) {
        assertEquals(expected, TimeText.format(format, WHEN));
    }

    @Test
    void strftimeRefusesEmptyAndLongResults() {
        assertEquals("<strftime error>", ctx.text("strftime", Bytes.EMPTY, 0.0));
        assertEquals("<strftime error>", ctx.text("strftime", Bytes.of("%c".repeat(10)), 0.0));
    }

    @ParameterizedTest
    @CsvSource({
        "'%Y-%m-%d', 2018-05-28",
        "'%d %b %Y %H:%M:%S', 28 May 2018 13:05:59",
        "'%A %B %d, %Y %I:%M %p', 'Monday May 28, 2018 1:05 PM'",
        "'%D %T', 05/28/18 13:05:59",
        "'%Y %j', 2018 148"
    })
    void parsesWhatFormatsTheSameWay(String format, String text) {
        Long seconds = TimeParser.parse(format, text);
        if (seconds == null) {
            throw new AssertionError("not parsed: " + text);
        }
        String again = TimeText.format(format, TimeText.local(seconds));
        assertEquals(text.replace(" 1:05", " 01:05"), again);
    }

    @ParameterizedTest
    @CsvSource({"'%Y-%m-%d', 2018-13-01", "'%m', x", "'%b', Foo", "'%H:%M', 25:00", "'%d/%m', 1-2"})
    void whatDoesNotFitIsNotParsed(String format, String text) {
        assertNull(TimeParser.parse(format, text));
    }

    @Test
    void epochSecondsNeedNoZone() {
        assertEquals(1527512345L, TimeParser.parse("%s", "1527512345"));
    }

    @Test
    void strptimeWarnsAndGivesZero() {
        assertEquals(0.0, ctx.call("strptime", Bytes.of("%m"), Bytes.of("1980")));
        assertEquals(List.of("warning: strptime conversion failed: fmt:%m d:1980"), ctx.messages);
    }

    @Test
    void clocks() {
        ctx.time = 12.5;
        assertEquals(12.5, ctx.call("network_time"));
        double now = (Double) ctx.call("current_time");
        assertTrue(Math.abs(now - System.currentTimeMillis() / 1000.0) < 60);
        assertTrue((Double) ctx.call("sleep", 0.002) >= 0.002);
    }
}
