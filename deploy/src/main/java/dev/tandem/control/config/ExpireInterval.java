package dev.tandem.control.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long something is kept: a number of days, or a number with one of the units day, hr, min (zeekctl.cfg). */
public final class ExpireInterval {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})\\s*(day|hr|min)?s?");

    private ExpireInterval() {}

    /**
     * @param where for the message
     * @return zero for ever
     */
    public static Duration parse(String text, String where) throws ConfigException {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new ConfigException(
                    where + " is to be a number with a unit, as 30 day, 12 hr or 90 min, not '" + text + "'");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "day" : matcher.group(2);
        return switch (unit) {
            case "hr" -> Duration.ofHours(number);
            case "min" -> Duration.ofMinutes(number);
            default -> Duration.ofDays(number);
        };
    }
}
