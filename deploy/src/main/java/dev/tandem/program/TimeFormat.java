package dev.tandem.program;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times as strftime(3) writes them, in English. A letter that is not known stays as it is. */
public final class TimeFormat {
    private static final String LETTERS = "aAbBdDeFhHIjmMpRsSTyYzZ";
    private static final List<String> PATTERNS = List.of(
            "EEE",
            "EEEE",
            "MMM",
            "MMMM",
            "dd",
            "MM/dd/yy",
            "ppd",
            "yyyy-MM-dd",
            "MMM",
            "HH",
            "hh",
            "DDD",
            "MM",
            "mm",
            "a",
            "HH:mm",
            "",
            "ss",
            "HH:mm:ss",
            "yy",
            "yyyy",
            "xx",
            "zzz");

    private interface Part {
        String of(ZonedDateTime time);
    }

    private final List<Part> parts = new ArrayList<>();
    private final ZoneId zone;

    public TimeFormat(String format, ZoneId zone) {
        this.zone = zone;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            int letter = c == '%' && i + 1 < format.length() ? LETTERS.indexOf(format.charAt(i + 1)) : -1;
            if (letter < 0) {
                boolean isPercent = c == '%' && i + 1 < format.length() && format.charAt(i + 1) == '%';
                String text = String.valueOf(c);
                parts.add(time -> text);
                i += isPercent ? 1 : 0;
            } else {
                i++;
                parts.add(part(format.charAt(i), PATTERNS.get(letter)));
            }
        }
    }

    private static Part part(char letter, String pattern) {
        if (letter == 's') {
            return time -> Long.toString(time.toEpochSecond());
        }
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        return formatter::format;
    }

    /** @param value seconds since 1970; what is no number stays as it is */
    public String format(String value) {
        double seconds;
        try {
            seconds = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return value;
        }
        if (!Double.isFinite(seconds) || Math.abs(seconds) > 1e11) {
            return value;
        }
        long whole = (long) Math.floor(seconds);
        return format(Instant.ofEpochSecond(whole));
    }

    public String format(Instant instant) {
        ZonedDateTime time = instant.atZone(zone);
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part.of(time));
        }
        return text.toString();
    }
}
