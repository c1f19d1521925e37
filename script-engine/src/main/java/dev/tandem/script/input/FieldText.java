package dev.tandem.script.input;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the text of a field into a value, the reverse of what text logs write (zeek {@code
 * src/threading/formatters/Ascii.cc}, ParseValue). Text is one char a byte. What is wrong is told to {@code complain}.
 */
final class FieldText {
    /** The field is unset. */
    static final Object UNSET = new Object();

    private final String setSeparator;
    private final String emptyField;
    private final String unsetField;
    private final Consumer<String> complain;

    /**
     * @param setSeparator between elements; one char
     * @param unsetField no text means unset when it is empty
     */
    FieldText(String setSeparator, String emptyField, String unsetField, Consumer<String> complain) {
        this.setSeparator = setSeparator;
        this.emptyField = emptyField;
        this.unsetField = unsetField;
        this.complain = complain;
    }

    /**
     * The value as {@link Row} describes it, or {@link #UNSET}; null when the text is none.
     *
     * @param field names it in complaints
     */
    @Nullable
    Object read(String text, String field, Type type) {
        if (!unsetField.isEmpty() && text.equals(unsetField)) {
            return UNSET;
        }
        return switch (type.tag()) {
            case STRING, ENUM -> Bytes.latin1(unescape(text));
            case BOOL -> truth(text, field);
            case INT -> NumberText.signed(text, complain);
            case COUNT -> NumberText.unsigned(text, complain);
            case DOUBLE, TIME, INTERVAL -> NumberText.floating(text, complain);
            case PORT -> port(text);
            case SUBNET -> subnet(text);
            case ADDR -> address(unescape(text).strip());
            case PATTERN -> pattern(unescape(text));
            case TABLE -> elements(text, field, ((TableType) type).index().get(0));
            case VECTOR -> elements(text, field, ((VectorType) type).element());
            default -> {
                complain.accept("unsupported field format " + type.tag().label() + " for " + field);
                yield null;
            }
        };
    }

    private @Nullable Boolean truth(String text, String field) {
        switch (text.strip()) {
            case "T", "1" -> {
                return true;
            }
            case "F", "0" -> {
                return false;
            }
            default -> {
                complain.accept("Field: " + field + " Invalid value for boolean: " + text);
                return null;
            }
        }
    }

    private @Nullable Port port(String text) {
        String stripped = text.strip();
        int slash = stripped.indexOf('/');
        Port.Proto proto = Port.Proto.UNKNOWN;
        if (slash >= 0 && slash + 1 < stripped.length()) {
            String label = stripped.substring(slash + 1);
            Port.Proto named = protocol(label.toLowerCase(Locale.ROOT));
            if (named == null) {
                complain.accept("Port '" + text + "' contained unknown protocol '" + label + "'");
            } else {
                proto = named;
            }
        }
        Long number = NumberText.unsigned(slash > 0 ? stripped.substring(0, slash) : text, complain);
        if (number == null) {
            return null;
        }
        if (number < 0 || number > 65535) {
            complain.accept("Number '" + text + "' out of supported range.");
            return null;
        }
        return Port.of(number.intValue(), proto);
    }

    private static Port.@Nullable Proto protocol(String label) {
        for (Port.Proto p : Port.Proto.values()) {
            if (p.label().equals(label)) {
                return p;
            }
        }
        return null;
    }

    /** A port's protocol from a column of its own. */
    Port.Proto protocolField(String text) {
        Port.Proto p = protocol(text);
        if (p == null) {
            complain.accept("Tried to parse invalid/unknown protocol: " + text);
            return Port.Proto.UNKNOWN;
        }
        return p;
    }

    private @Nullable Subnet subnet(String text) {
        String unescaped = unescape(text).strip();
        int slash = unescaped.indexOf('/');
        if (slash < 0) {
            complain.accept("Invalid value for subnet: " + text);
            return null;
        }
        Long width = NumberText.signed(unescaped.substring(slash + 1), complain);
        if (width == null) {
            return null;
        }
        Addr addr = address(unescaped.substring(0, slash));
        Subnet subnet = width < 0 || width > 128 ? null : Subnet.of(addr, width.intValue());
        if (subnet == null) {
            complain.accept("Invalid value for subnet: " + text);
        }
        return subnet;
    }

    /** What is no address is complained about and counts as 0.0.0.0 or ::, as in Zeek. */
    Addr address(String text) {
        boolean isV6 = text.indexOf(':') >= 0;
        String bare = isV6 && text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        Addr addr = Addr.parse(bare);
        if (addr == null) {
            complain.accept("Bad address: " + bare);
            return isV6 ? Addr.V6_ZERO : Addr.V4_ZERO;
        }
        return addr;
    }

    /** {@code /text/}, with the flags i and s in any order. */
    private Row.@Nullable PatternText pattern(String text) {
        int closing = text.lastIndexOf('/');
        if (text.startsWith("/") && closing > 0) {
            String body = text.substring(1, closing);
            switch (text.substring(closing + 1)) {
                case "" -> {
                    return new Row.PatternText(body, false, false);
                }
                case "i" -> {
                    return new Row.PatternText(body, true, false);
                }
                case "s" -> {
                    return new Row.PatternText(body, false, true);
                }
                case "is", "si" -> {
                    return new Row.PatternText(body, true, true);
                }
                default -> {}
            }
        }
        complain.accept("String '" + text + "' contained no parseable pattern.");
        return null;
    }

    /** Elements may be unset: null. */
    private @Nullable List<@Nullable Object> elements(String text, String field, Type type) {
        List<@Nullable Object> all = new ArrayList<>();
        if (text.equals(emptyField)) {
            return all;
        }
        int from = 0;
        while (true) {
            int to = text.indexOf(setSeparator, from);
            Object element = read(to < 0 ? text.substring(from) : text.substring(from, to), field, type);
            if (element == null) {
                boolean isLastAndEmpty = to < 0 && from == text.length();
                complain.accept(
                        isLastAndEmpty
                                ? "Error while trying to add empty set element"
                                : "Error while reading set or vector");
                return null;
            }
            all.add(element == UNSET ? null : element);
            if (to < 0) {
                return all;
            }
            from = to + 1;
        }
    }

    /** Takes {@code \xHH} and {@code \\} back. */
    static String unescape(String text) {
        int at = text.indexOf('\\');
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length()).append(text, 0, at);
        while (at < text.length()) {
            char c = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
            int high = next == 'x' && at + 3 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(at + 3), 16) : -1;
            if (c == '\\' && low >= 0) {
                out.append((char) (high << 4 | low));
                at += 4;
            } else if (c == '\\' && next == '\\') {
                out.append('\\');
                at += 2;
            } else {
                out.append(c);
                at++;
            }
        }
        return out.toString();
    }
}
