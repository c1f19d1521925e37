package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.pattern.PatternSyntaxError;
import dev.tandem.script.runtime.AddressText;
import dev.tandem.script.runtime.Ascii;
import dev.tandem.script.runtime.CNumber;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Script values of a given type out of JSON (Zeek {@code src/Val.cc}, BuildVal). */
final class JsonReader {
    private static final Map<String, Double> UNITS =
            Map.of("day", 86400.0, "hr", 3600.0, "min", 60.0, "sec", 1.0, "msec", 1e-3, "usec", 1e-6);

    /** JSON that does not fit the type; the message is for the script. */
    static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1;

        Mismatch(String message) {
            super(message, null, false, false);
        }
    }

    private final @Nullable FuncValue nameOf;

    /** @param nameOf makes field names of member names; null to take them as they are */
    JsonReader(@Nullable FuncValue nameOf) {
        this.nameOf = nameOf;
    }

    /** Null for JSON's null. */
    @Nullable
    Object read(Bytes text, Type type) throws Mismatch {
        return value(parse(text), type);
    }

    private static Object parse(Bytes text) throws Mismatch {
        try {
            return JsonParser.parse(text);
        } catch (JsonParser.Malformed e) {
            throw new Mismatch(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Object value(Object json, Type type) throws Mismatch {
        if (json.equals(JsonParser.NULL)) {
            return null;
        }
        return switch (type.tag()) {
            case BOOL -> expect(json, Boolean.class, type);
            case INT -> integer(json, type, 63);
            case COUNT -> integer(json, type, 64);
            case DOUBLE, TIME -> expect(json, JsonParser.Numeral.class, type).value();
            case INTERVAL ->
                json instanceof JsonParser.Numeral n ? n.value() : interval(expect(json, Bytes.class, type));
            case STRING -> expect(json, Bytes.class, type);
            case PORT -> port(json);
            case PATTERN -> pattern(expect(json, Bytes.class, type).latin1());
            case ADDR -> addr(expect(json, Bytes.class, type).utf8(), type);
            case SUBNET -> subnet(expect(json, Bytes.class, type).utf8(), type);
            case ENUM -> enumValue(expect(json, Bytes.class, type).utf8(), (EnumType) type);
            case TABLE -> table(json, (TableType) type);
            case RECORD -> record(expect(json, JsonParser.Members.class, type), (RecordType) type);
            case VECTOR -> vector(expect(json, List.class, type), (VectorType) type);
            default -> throw new Mismatch("type '" + type.tag().label() + "' unsupported");
        };
    }

    private static <T> T expect(Object json, Class<T> kind, Type type) throws Mismatch {
        if (kind.isInstance(json)) {
            return kind.cast(json);
        }
        throw mismatch(json, type.tag().label());
    }

    private static Mismatch mismatch(Object json, String label) {
        String kind = switch (json) {
            case Boolean b -> "bool";
            case JsonParser.Numeral n -> "number";
            case Bytes b -> "string";
            case List<?> l -> "array";
            case JsonParser.Members m -> "object";
            default -> "null";
        };
        return new Mismatch("cannot convert JSON type '" + kind + "' to Zeek type '" + label + "'");
    }

    private static long integer(Object json, Type type, int bits) throws Mismatch {
        BigInteger n = expect(json, JsonParser.Numeral.class, type).integer();
        if (n == null || n.bitLength() > bits || bits == 64 && n.signum() < 0) {
            throw mismatch(json, type.tag().label());
        }
        return n.longValue();
    }

    private static double interval(Bytes text) throws Mismatch {
        String[] parts = text.utf8().strip().split(" +");
        if (text.utf8().isBlank()) {
            return 0;
        }
        if (parts.length % 2 != 0) {
            throw new Mismatch("wrong interval format, must be pairs of values with units");
        }
        double seconds = 0;
        for (int i = 0; i < parts.length; i += 2) {
            Double number = CNumber.floating(Bytes.of(parts[i]));
            if (number == null) {
                throw new Mismatch("wrong interval format, must be pairs of values with units");
            }
            String word = parts[i + 1];
            Double unit = UNITS.get(word.endsWith("s") ? word.substring(0, word.length() - 1) : word);
            if (unit == null) {
                throw new Mismatch("wrong interval format, invalid unit type " + word);
            }
            seconds += number * unit;
        }
        return seconds;
    }

    private static Port port(Object json) throws Mismatch {
        return switch (json) {
            case Bytes b -> {
                Port p = AddressText.port(b, true);
                if (p == null) {
                    throw new Mismatch("wrong port format, string must be /[0-9]{1,5}\\/(tcp|udp|icmp|unknown)/");
                }
                yield p;
            }
            case JsonParser.Members m -> port(m);
            default -> throw new Mismatch("wrong port format, must be string or object");
        };
    }

    private static Port port(JsonParser.Members m) throws Mismatch {
        Object number = m.find(Bytes.of("port"));
        Object proto = m.find(Bytes.of("proto"));
        if (number == null || proto == null) {
            throw new Mismatch("wrong port format, object must have 'port' and 'proto' members");
        }
        if (!(number instanceof JsonParser.Numeral n)) {
            throw new Mismatch("wrong port format, port must be a number");
        }
        if (!(proto instanceof Bytes label)) {
            throw new Mismatch("wrong port format, protocol must be a string");
        }
        Port.Proto p = AddressText.proto(label.utf8());
        if (p == null) {
            throw new Mismatch("wrong port format, invalid protocol string");
        }
        return Port.of(n.value() >= 0 && n.value() <= 65535 ? (int) n.value() : 0, p);
    }

    private static Pattern pattern(String text) throws Mismatch {
        String re = text;
        if (re.length() > 2 && re.startsWith("/") && re.endsWith("/")) {
            re = re.substring(1, re.length() - 1);
        }
        if (re.length() > 6 && re.startsWith("^?(") && re.endsWith(")$?")) {
            re = re.substring(3, re.length() - 3);
        }
        try {
            return Pattern.compile(re, false, false);
        } catch (PatternSyntaxError e) {
            throw new Mismatch("error compiling pattern");
        }
    }

    private static String withoutBrackets(String text) {
        String left = text.startsWith("[") ? text.substring(1) : text;
        return left.endsWith("]") ? left.substring(0, left.length() - 1) : left;
    }

    private static Addr addr(String text, Type type) throws Mismatch {
        Addr a = AddressText.addr(withoutBrackets(text));
        if (a == null) {
            throw new Mismatch("invalid value for " + type.tag().label() + ": '" + text + "'");
        }
        return a;
    }

    private static Subnet subnet(String text, Type type) throws Mismatch {
        int slash = text.indexOf('/');
        Addr a = slash < 0 ? null : AddressText.addr(withoutBrackets(text.substring(0, slash)));
        String width = text.substring(slash + 1);
        Subnet s = a == null || width.isEmpty() || !Ascii.isDigit(width.charAt(0))
                ? null
                : Subnet.of(a, AddressText.atoi(width));
        if (s == null) {
            throw new Mismatch("invalid value for " + type.tag().label() + ": '" + text + "'");
        }
        return s;
    }

    private static EnumValue enumValue(String text, EnumType type) throws Mismatch {
        EnumValue v = type.byName(text);
        if (v == null) {
            throw new Mismatch("'" + text + "' is not a valid enum for '" + name(type) + "'.");
        }
        return v;
    }

    private static String name(Type type) {
        String n = type.name();
        return n == null ? "" : n;
    }

    private TableValue table(Object json, TableType type) throws Mismatch {
        TableValue t = new TableValue(type);
        Type yield = type.yield();
        if (yield == null) {
            for (Object element : expect(json, List.class, type)) {
                Object key = key(element, type.index());
                if (key != null) {
                    t.add(key);
                }
            }
            return t;
        }
        JsonParser.Members members = expect(json, JsonParser.Members.class, type);
        for (int i = 0; i < members.names().size(); i++) {
            Bytes name = members.names().get(i);
            boolean asText =
                    type.index().size() == 1 && isText(type.index().get(0).tag());
            Object key = key(asText ? name : parse(name), type.index());
            Object value = key == null ? null : value(members.values().get(i), yield);
            if (key != null && value != null) {
                t.put(key, value);
            }
        }
        return t;
    }

    private static boolean isText(Tag tag) {
        return switch (tag) {
            case ADDR, ENUM, FILE, FUNC, INTERVAL, PATTERN, STRING, SUBNET, OPAQUE -> true;
            default -> false;
        };
    }

    private @Nullable Object key(Object json, List<Type> index) throws Mismatch {
        if (index.size() == 1) {
            Object part = value(json, index.get(0));
            return part == null ? null : TableValue.key(part);
        }
        if (!(json instanceof List<?> parts)) {
            throw mismatch(json, Tag.LIST.label());
        }
        if (parts.size() < index.size()) {
            throw new Mismatch("index type doesn't match");
        }
        Object[] key = new Object[index.size()];
        for (int i = 0; i < key.length; i++) {
            Object part = value(parts.get(i), index.get(i));
            if (part == null) {
                throw new Mismatch("index type doesn't match");
            }
            key[i] = part;
        }
        return TableValue.key(key);
    }

    private VectorValue vector(List<?> elements, VectorType type) throws Mismatch {
        VectorValue v = new VectorValue(type);
        for (Object element : elements) {
            Object value = value(element, type.element());
            if (value != null) {
                v.add(value);
            }
        }
        return v;
    }

    private RecordValue record(JsonParser.Members members, RecordType type) throws Mismatch {
        RecordValue r = Records.make(type);
        JsonParser.Members named = nameOf == null ? members : renamed(members, nameOf);
        for (int slot = 0; slot < type.size(); slot++) {
            RecordField field = type.field(slot);
            Object json = named.find(Bytes.of(field.name()));
            if (json == null || json.equals(JsonParser.NULL)) {
                if (!field.isOptional() && !field.hasDefault()) {
                    throw new Mismatch("required field " + name(type) + "$" + field.name() + " is "
                            + (json == null ? "missing" : "null") + " in JSON");
                }
                continue;
            }
            Object value = value(json, field.type());
            r.set(slot, value);
        }
        return r;
    }

    /** Of several members with the same new name the last one counts. */
    private static JsonParser.Members renamed(JsonParser.Members members, FuncValue nameOf) throws Mismatch {
        JsonParser.Members renamed = new JsonParser.Members(new ArrayList<>(), new ArrayList<>());
        for (int i = members.names().size() - 1; i >= 0; i--) {
            Object name;
            try {
                name = nameOf.call(members.names().get(i));
            } catch (ScriptError e) {
                name = null;
            }
            if (!(name instanceof Bytes b)) {
                throw new Mismatch("key function error");
            }
            renamed.names().add(b);
            renamed.values().add(members.values().get(i));
        }
        return renamed;
    }
}
