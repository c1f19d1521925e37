package dev.tandem.control.command;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as strftime(3) writes them, for TimeFmt. A letter that is not known stays as it is. */
final class StrftimeFormat {
    private final String format;

    StrftimeFormat(String format) {
        this.format = format;
    }

    String format(LocalDateTime time) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            char letter = format.charAt(++i);
            String pattern = pattern(letter);
            if (pattern.isEmpty()) {
                text.append(letter == '%' ? "%" : "%" + letter);
            } else {
                text.append(time.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)));
            }
        }
        return text.toString();
    }

    private static String pattern(char letter) {
        return switch (letter) {
            case 'a' -> "EEE";
            case 'A' -> "EEEE";
            case 'b', 'h' -> "MMM";
            case 'B' -> "MMMM";
            case 'd' -> "dd";
            case 'D' -> "MM/dd/yy";
            case 'F' -> "yyyy-MM-dd";
            case 'H' -> "HH";
            case 'I' -> "hh";
            case 'j' -> "DDD";
            case 'm' -> "MM";
            case 'M' -> "mm";
            case 'p' -> "a";
            case 'S' -> "ss";
            case 'T' -> "HH:mm:ss";
            case 'y' -> "yy";
            case 'Y' -> "yyyy";
            default -> "";
        };
    }
}
