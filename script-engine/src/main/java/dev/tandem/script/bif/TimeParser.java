package dev.tandem.script.bif;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** C's strptime in the C locale, over a broken-down time that starts as 1970-01-01 00:00:00, then mktime. */
final class TimeParser {

    private final String text;
    private int at;
    private int year = 1970;
    private int century = -1;
    private int month = 1;
    private int day = 1;
    private int hour;
    private int hour12 = -1;
    private boolean afternoon;
    private int minute;
    private int second;
    private int dayOfYear = -1;
    private boolean hasMonth;
    private @Nullable Long epoch;

    private TimeParser(String text) {

        this.text = text;
    }

    /** Seconds since 1970 of a time in this machine's zone; null when the text does not fit the format. */
    static @Nullable Long parse(String format, String text) {
        TimeParser p = new TimeParser(text);
        return p.run(format) ? p.seconds() : null;
    }

    private boolean run(String f) {
        for (int i = 0; i < f.length(); i++) {
            char c = f.charAt(i);
            if (isSpace(c)) {
                skipSpace();
            } else if (c != '%' || i + 1 == f.length()) {
                if (!literal(c)) {
                    return false;
                }
            } else {
                char letter = f.charAt(++i);
                if ((letter == 'E' || letter == 'O') && i + 1 < f.length()) {
                    letter = f.charAt(++i);
                }
                if (!conversion(letter)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean conversion(char letter) {
        return switch (letter) {
            case 'a', 'A' -> name(TimeText.DAYS) >= 0;
            case 'b', 'B', 'h' -> {
                month = name(TimeText.MONTHS) + 1;
                hasMonth = true;
                yield month > 0;
            }
            case 'n', 't' -> {
                skipSpace();
                yield true;
            }
            case '%' -> literal('%');
            case 'c' -> run("%a %b %e %H:%M:%S %Y");
            case 'D', 'x' -> run("%m/%d/%y");
            case 'F' -> run("%Y-%m-%d");
            case 'r' -> run("%I:%M:%S %p");
            case 'R' -> run("%H:%M");
            case 'T', 'X' -> run("%H:%M:%S");
            case 'p', 'P' -> meridiem();
            case 's' -> epochSeconds();
            case 'z' -> zone();
            case 'Z' -> true;
            default -> numeric(letter);
        };
    }

    private boolean numeric(char letter) {
        int n = switch (letter) {
            case 'd', 'e' -> number(2, 1, 31);
            case 'H', 'k' -> number(2, 0, 23);
            case 'I', 'l', 'm' -> number(2, 1, 12);
            case 'j' -> number(3, 1, 366);
            case 'M' -> number(2, 0, 59);
            case 'S' -> number(2, 0, 61);
            case 'u' -> number(1, 1, 7);
            case 'U', 'V', 'W' -> number(2, 0, 53);
            case 'w' -> number(1, 0, 6);
            case 'C', 'y' -> number(2, 0, 99);
            case 'Y' -> number(4, 0, 9999);
            default -> -1;
        };
        if (n < 0) {
            return false;
        }
        switch (letter) {
            case 'C' -> century = n;
            case 'd', 'e' -> {
                day = n;
                hasMonth = true;
            }
            case 'H', 'k' -> hour = n;
            case 'I', 'l' -> hour12 = n;
            case 'j' -> dayOfYear = n;
            case 'm' -> {
                month = n;
                hasMonth = true;
            }
            case 'M' -> minute = n;
            case 'S' -> second = n;
            case 'y' -> year = n + (n < 69 ? 2000 : 1900);
            case 'Y' -> year = n;
            default -> {}
        }
        return true;
    }

    private boolean epochSeconds() {
        int start = at;
        while (at < text.length() && Character.isDigit(text.charAt(at)) && at - start < 18) {
            at++;
        }
        if (at == start) {
            return false;
        }
        epoch = Long.parseLong(text.substring(start, at));
        return true;
    }

    /** -1 when there is none in the range. */
    private int number(int digits, int from, int to) {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        int start = at;
        int n = 0;
        while (at < text.length() && at - start < digits && Character.isDigit(text.charAt(at)) && n * 10 <= to) {
            n = n * 10 + Character.digit(text.charAt(at), 10);
            at++;
        }
        return at == start || n < from || n > to ? -1 : n;
    }

    private int name(String[] names) {
        String rest = text.substring(at).toLowerCase(Locale.ROOT);
        for (int i = 0; i < names.length; i++) {
            String full = names[i].toLowerCase(Locale.ROOT);
            if (rest.startsWith(full.substring(0, 3))) {
                at += rest.startsWith(full) ? full.length() : 3;
                return i;
            }
        }
        return -1;
    }

    private boolean meridiem() {
        String rest = text.substring(at).toLowerCase(Locale.ROOT);
        if (!rest.startsWith("am") && !rest.startsWith("pm")) {
            return false;
        }
        afternoon = rest.startsWith("pm");
        at += 2;
        return true;
    }

    /** Read over: like mktime, the result is in this machine's zone whatever the text says. */
    private boolean zone() {
        skipSpace();
        if (at < text.length() && text.charAt(at) == 'Z') {
            at++;
            return true;
        }
        if (at >= text.length() || text.charAt(at) != '+' && text.charAt(at) != '-') {
            return false;
        }
        int start = ++at;
        while (at < text.length() && at - start < 5 && (Character.isDigit(text.charAt(at)) || text.charAt(at) == ':')) {
            at++;
        }
        return at - start >= 2;
    }

    private boolean literal(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private long seconds() {
        if (epoch != null) {
            return epoch;
        }
        int y = century >= 0 ? century * 100 + year % 100 : year;
        int h = hour12 >= 0 ? hour12 % 12 + (afternoon ? 12 : 0) : hour;
        LocalDate date = dayOfYear > 0 && !hasMonth
                ? LocalDate.of(y, 1, 1).plusDays(dayOfYear - 1L)
                : LocalDate.of(y, month, 1).plusDays(day - 1L);
        LocalDateTime t = date.atTime(h, minute).plusSeconds(second);
        ZoneId zone = ZoneId.systemDefault();
        // The broken-down time says "no daylight saving", as that of 1970 does.
        return t.toEpochSecond(zone.getRules().getStandardOffset(t.atZone(zone).toInstant()));
    }
}
