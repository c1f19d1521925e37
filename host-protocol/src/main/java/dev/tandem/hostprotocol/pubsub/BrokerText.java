package dev.tandem.hostprotocol.pubsub;

import dev.tandem.core.backbone.Data;
import dev.tandem.core.value.Port;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The textual forms of ports, times and spans of time in Broker's JSON. Any thread. */
final class BrokerText {
    private static final long NANOS = 1_000_000_000L;
    private static final Pattern SPAN = Pattern.compile("([+-]?\\d{1,20}(?:\\.\\d{1,20})?)\\s?(ns|us|ms|s|min|h|d)");
    private static final Pattern PORT = Pattern.compile("(\\d{1,5})/(tcp|udp|icmp|unknown|\\?)");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

    private BrokerText() {}

    /** {@code 80/tcp}; null when it is no port. */
    static @Nullable Port port(String text) {
        Matcher m = PORT.matcher(text);
        if (!m.matches() || Integer.parseInt(m.group(1)) > 0xffff) {
            return null;
        }
        Port.Proto proto = switch (m.group(2)) {
            case "tcp" -> Port.Proto.TCP;
            case "udp" -> Port.Proto.UDP;
            case "icmp" -> Port.Proto.ICMP;
            default -> Port.Proto.UNKNOWN;
        };
        return Port.of(Integer.parseInt(m.group(1)), proto);
    }

    static String port(Port port) {
        return port.number() + "/"
                + (port.proto() == Port.Proto.UNKNOWN ? "?" : port.proto().label());
    }

    /** ISO 8601, UTC where no zone is given; null when it is no time. */
    static Data.@Nullable Timestamp timestamp(String text) {
        try {
            boolean zoned = text.length() > 10 && text.substring(10).matches(".*([zZ]|[+-]\\d\\d:?\\d\\d)");
            Instant t = zoned
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            return new Data.Timestamp(Math.addExact(Math.multiplyExact(t.getEpochSecond(), NANOS), t.getNano()));
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** With three digits of a second as Zeek writes it, with six or nine when those would lose something. */
    static String timestamp(long nanos) {
        long fraction = Math.floorMod(nanos, NANOS);
        LocalDateTime t = LocalDateTime.ofEpochSecond(Math.floorDiv(nanos, NANOS), 0, ZoneOffset.UTC);
        String digits = String.format(Locale.ROOT, "%09d", fraction);
        int places = fraction % 1_000_000 == 0 ? 3 : fraction % 1000 == 0 ? 6 : 9;
        return t.format(SECONDS) + "." + digits.substring(0, places);
    }

    /** A number and a unit; null when it is no span or too long a one. */
    static Data.@Nullable Timespan timespan(String text) {
        Matcher m = SPAN.matcher(text);
        if (!m.matches()) {
            return null;
        }
        long unit = switch (m.group(2)) {
            case "ns" -> 1;
            case "us" -> 1000;
            case "ms" -> 1_000_000;
            case "s" -> NANOS;
            case "min" -> 60 * NANOS;
            case "h" -> 3600 * NANOS;
            default -> 86_400 * NANOS;
        };
        try {
            BigDecimal nanos = new BigDecimal(m.group(1)).multiply(BigDecimal.valueOf(unit));
            return new Data.Timespan(nanos.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /** In the greatest of ns, us, ms and s that loses nothing, as Zeek does. */
    static String timespan(long nanos) {
        if (nanos % 1000 != 0) {
            return nanos + "ns";
        }
        if (nanos % 1_000_000 != 0) {
            return nanos / 1000 + "us";
        }
        return nanos % NANOS != 0 ? nanos / 1_000_000 + "ms" : nanos / NANOS + "s";
    }
}
