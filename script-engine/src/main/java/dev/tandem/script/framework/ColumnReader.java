package dev.tandem.script.framework;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns the text of an osquery column into the type that an event's parameter declares.
 *
 * <p>osquery knows text, numbers and NULL, and its result log writes NULL as empty text; so both mean "no value". There is no
 * unset event argument, hence: string gets the empty string, int -1 (osquery's own word for an unknown number: uid, pid and
 * fd are -1 where it could not tell), count and double 0, bool F, time and interval 0, addr 0.0.0.0 (as osquery shows the
 * missing half of a socket), subnet 0.0.0.0/0, port 0. An enum has no such value: its parameter stays unset, and using it is
 * the script's error.
 */
final class ColumnReader {
    private static final Addr NO_ADDR = Addr.V4_ZERO;

    private ColumnReader() {}

    /** Whether a parameter of this type can take a column. */
    static boolean canRead(Type type) {
        return switch (type.tag()) {
            case STRING, ANY, INT, COUNT, DOUBLE, BOOL, TIME, INTERVAL, ADDR, SUBNET, PORT, ENUM -> true;
            default -> false;
        };
    }

    /** What a parameter gets when there is no value; null when it stays unset. */
    static @Nullable Object missing(Type type) {
        return switch (type.tag()) {
            case INT -> -1L;
            case COUNT -> 0L;
            case DOUBLE, TIME, INTERVAL -> 0.0;
            case BOOL -> false;
            case ADDR -> NO_ADDR;
            case SUBNET -> new Subnet(NO_ADDR, 96);
            case PORT -> Port.of(0, Port.Proto.UNKNOWN);
            case STRING, ANY -> Bytes.EMPTY;
            default -> null;
        };
    }

    /** Null when the text is no such value. Empty text is the caller's business. */
    static @Nullable Object read(Bytes text, Type type) {
        return switch (type.tag()) {
            case STRING -> text;
            case ANY -> AnyValue.wrap(Types.STRING, text);
            case INT, COUNT -> whole(text.utf8().strip());
            case DOUBLE, TIME, INTERVAL -> number(text.utf8().strip());
            case BOOL -> truth(text.utf8().strip().toLowerCase(Locale.ROOT));
            case ADDR -> address(text.utf8().strip());
            case SUBNET -> subnet(text.utf8().strip());
            case PORT -> port(text.utf8().strip());
            case ENUM -> ((EnumType) type).byName(text.utf8());
            default -> null;
        };
    }

    /** Decimal, or hexadecimal after 0x; 64 bits with or without sign. */
    private static @Nullable Long whole(String text) {
        try {
            if (text.startsWith("0x") || text.startsWith("0X")) {
                return Long.parseUnsignedLong(text.substring(2), 16);
            }
            return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            Double d = number(text);
            return d != null && d == Math.rint(d) && Math.abs(d) < 1L << 62 ? (Long) d.longValue() : null;
        }
    }

    private static @Nullable Double number(String text) {
        try {
            // Java's own suffixes and words (1f, NaN) are no numbers here.
            boolean isNumber = !text.isEmpty() && "0123456789.".indexOf(text.charAt(text.length() - 1)) >= 0;
            return isNumber ? Double.valueOf(text) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Boolean truth(String text) {
        return switch (text) {
            case "1", "t", "true", "yes" -> true;
            case "0", "f", "false", "no" -> false;
            default -> null;
        };
    }

    /** Link-local addresses come with their interface: {@code fe80::1%eth0}. */
    private static @Nullable Addr address(String text) {
        int zone = text.indexOf('%');
        return Addr.parse(zone < 0 ? text : text.substring(0, zone));
    }

    private static @Nullable Subnet subnet(String text) {
        if (text.indexOf('/') >= 0) {
            return Subnet.parse(text);
        }
        Addr a = address(text);
        return a == null ? null : new Subnet(a, 128);
    }

    /** {@code 80/tcp}, or a bare number, which belongs to no protocol. */
    private static @Nullable Port port(String text) {
        int slash = text.indexOf('/');
        Long number = whole(slash < 0 ? text : text.substring(0, slash));
        if (number == null || number < 0 || number > 65535) {
            return null;
        }
        Port.Proto proto = Port.Proto.UNKNOWN;
        if (slash >= 0) {
            String name = text.substring(slash + 1);
            for (Port.Proto p : Port.Proto.values()) {
                if (p.label().equals(name)) {
                    proto = p;
                }
            }
        }
        return Port.of(number.intValue(), proto);
    }
}
