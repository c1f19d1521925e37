package dev.tandem.script.bif;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** C's strftime in the C locale. */
final class TimeText {
    static final String[] DAYS = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };

    private TimeText() {}

    /** A time in the zone of this machine. */
    static ZonedDateTime local(long epochSeconds) {
        return Instant.ofEpochSecond(epochSeconds).atZone(zone());
    }

    static ZoneId zone() {
        return ZoneId.systemDefault();
    }

    static String format(String format, ZonedDateTime t) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            char letter = format.charAt(++i);
            if ((letter == 'E' || letter == 'O') && i + 1 < format.length()) {
                letter = format.charAt(++i);
            }
            String text = conversion(letter, t);
            if (text == null) {
                out.append('%').append(letter);
            } else {
                out.append(text);
            }
        }
        return out.toString();
    }

    private static @Nullable String conversion(char letter, ZonedDateTime t) {
        int weekday = t.getDayOfWeek().getValue() % 7;
        int hour12 = t.getHour() % 12 == 0 ? 12 : t.getHour() % 12;
        return switch (letter) {
            case 'a' -> DAYS[weekday].substring(0, 3);
            case 'A' -> DAYS[weekday];
            case 'b', 'h' -> MONTHS[t.getMonthValue() - 1].substring(0, 3);
            case 'B' -> MONTHS[t.getMonthValue() - 1];
            case 'c' -> format("%a %b %e %H:%M:%S %Y", t);
            case 'C' -> two(t.getYear() / 100);
            case 'd' -> two(t.getDayOfMonth());
            case 'D', 'x' -> format("%m/%d/%y", t);
            case 'e' -> blank(t.getDayOfMonth());
            case 'F' -> format("%Y-%m-%d", t);
            case 'g' -> two(t.get(IsoFields.WEEK_BASED_YEAR) % 100);
            case 'G' -> Integer.toString(t.get(IsoFields.WEEK_BASED_YEAR));
            case 'H' -> two(t.getHour());
            case 'I' -> two(hour12);
            case 'j' -> String.format(Locale.ROOT, "%03d", t.getDayOfYear());
            case 'k' -> blank(t.getHour());
            case 'l' -> blank(hour12);
            case 'm' -> two(t.getMonthValue());
            case 'M' -> two(t.getMinute());
            case 'n' -> "\n";
            case 'p' -> t.getHour() < 12 ? "AM" : "PM";
            case 'P' -> t.getHour() < 12 ? "am" : "pm";
            case 'r' -> format("%I:%M:%S %p", t);
            case 'R' -> format("%H:%M", t);
            case 's' -> Long.toString(t.toEpochSecond());
            case 'S' -> two(t.getSecond());
            case 't' -> "\t";
            case 'T', 'X' -> format("%H:%M:%S", t);
            case 'u' -> Integer.toString(t.getDayOfWeek().getValue());
            case 'U' -> two((t.getDayOfYear() + 6 - weekday) / 7);
            case 'V' -> two(t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'w' -> Integer.toString(weekday);
            case 'W' -> two((t.getDayOfYear() + 6 - (weekday + 6) % 7) / 7);
            case 'y' -> two(t.getYear() % 100);
            case 'Y' -> Integer.toString(t.getYear());
            case 'z' -> offset(t.getOffset().getTotalSeconds() / 60);
            case 'Z' ->
                t.getZone().getRules().getOffset(t.toInstant()).getTotalSeconds() == 0
                                && "Z".equals(t.getZone().getId())
                        ? "UTC"
                        : zoneName(t);
            case '%' -> "%";
            default -> null;
        };
    }

    private static String zoneName(ZonedDateTime t) {
        return java.time.format.DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)
                .format(t);
    }

    private static String offset(int minutes) {
        int m = Math.abs(minutes);
        return (minutes < 0 ? "-" : "+") + two(m / 60) + two(m % 60);
    }

    private static String two(int n) {
        return n < 10 ? "0" + n : Integer.toString(n);
    }

    private static String blank(int n) {
        return n < 10 ? " " + n : Integer.toString(n);
    }
}
