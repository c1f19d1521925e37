package dev.tandem.script.runtime;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as JSON text, as {@code to_json} gives it (Zeek {@code src/Val.cc}, BuildJSON, over rapidjson's writer). */
public final class JsonWriter {
    private final boolean onlyLoggable;
    private final @Nullable Pattern dropFromNames;
    private final boolean intervalAsDouble;

    /**
     * @param onlyLoggable leave out record fields without {@code &log}
     * @param dropFromNames the first match of it is cut out of a field's name; null to leave names alone
     * @param intervalAsDouble intervals as seconds instead of text with units
     */
    public JsonWriter(boolean onlyLoggable, @Nullable Pattern dropFromNames, boolean intervalAsDouble) {
        this.onlyLoggable = onlyLoggable;
        this.dropFromNames = dropFromNames;
        this.intervalAsDouble = intervalAsDouble;
    }

    public Bytes write(@Nullable Object value, Type type) {
        ByteSink out = new ByteSink(128);
        value(out, value, type);
        return out.toBytes();
    }

    private void value(ByteSink out, @Nullable Object value, Type type) {
        switch (value) {
            case null -> out.add("null");
            case AnyValue a -> value(out, a.value(), a.type());
            case Boolean b -> out.add(b ? "true" : "false");
            case Long n -> {
                if (type.is(Tag.COUNT)) {
                    out.unsigned(n);
                } else {
                    out.add(n.longValue());
                }
            }
            case Double d -> {
                if (type.is(Tag.INTERVAL) && !intervalAsDouble) {
                    string(out, Describe.raw(d, type));
                } else {
                    number(out, d);
                }
            }
            case Port p ->
                out.add("{\"port\":")
                        .add((long) p.number())
                        .add(",\"proto\":\"")
                        .add(p.proto().label())
                        .add("\"}");
            case RecordValue r -> record(out, r);
            case VectorValue v -> vector(out, v);
            case TableValue t -> table(out, t);
            case Tuple t -> list(out, t.parts(), List.of());
            case OpaqueValue o -> {
                out.add("{\"opaque_type\":");
                string(out, Bytes.of(o.jsonName()));
                out.add('}');
            }
            case FuncValue f ->
                string(out, Utf8Text.escape(Bytes.of(f.toString().strip())));
            case Bytes b -> string(out, Utf8Text.escape(b));
            case Pattern p -> string(out, Describe.raw(p, type));
            case Type t -> out.add("null");
            default -> string(out, Utf8Text.escape(Describe.raw(value, type)));
        }
    }

    private void record(ByteSink out, RecordValue r) {
        out.add('{');
        if (r.layout() instanceof RecordType type) {
            boolean first = true;
            for (int i = 0; i < type.size(); i++) {
                RecordField field = type.field(i);
                Object v = onlyLoggable && !field.isLogged() ? null : Records.get(r, type, i);
                if (v == null) {
                    continue;
                }
                if (!first) {
                    out.add(',');
                }
                first = false;
                string(out, name(field.name()));
                out.add(':');
                value(out, v, field.type());
            }
        }
        out.add('}');
    }

    private Bytes name(String field) {
        Bytes name = Bytes.of(field);
        Pattern drop = dropFromNames;
        if (drop == null || !drop.foundIn(name)) {
            return name;
        }
        byte[] data = name.array();
        for (int at = 0; at < data.length; at++) {
            int length = drop.longestPrefix(data, at, data.length, at == 0, true);
            if (length > 0) {
                return name.slice(0, at).concat(name.slice(at + length, data.length));
            }
        }
        return name;
    }

    private void vector(ByteSink out, VectorValue v) {
        out.add('[');
        for (int i = 0; i < v.size(); i++) {
            if (i > 0) {
                out.add(',');
            }
            value(out, v.get(i), v.type().element());
        }
        out.add(']');
    }

    private void list(ByteSink out, Object[] parts, List<Type> types) {
        out.add('[');
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                out.add(',');
            }
            value(out, parts[i], i < types.size() ? types.get(i) : Types.ANY);
        }
        out.add(']');
    }

    private void table(ByteSink out, TableValue t) {
        Type yield = t.type().yield();
        out.add(yield == null ? '[' : '{');
        boolean first = true;
        for (int e = t.nextEntry(-1); e >= 0; e = t.nextEntry(e)) {
            Object key = t.entryKey(e);
            if (key == null) {
                continue;
            }
            if (!first) {
                out.add(',');
            }
            first = false;
            if (yield == null) {
                key(out, key, t);
            } else {
                ByteSink keyText = new ByteSink();
                key(keyText, key, t);
                string(out, nameOf(key, keyText));
                out.add(':');
                value(out, t.entryValue(e), yield);
            }
        }
        out.add(yield == null ? ']' : '}');
    }

    private void key(ByteSink out, Object key, TableValue t) {
        Object[] parts = TableValue.parts(key);
        List<Type> index = t.type().index();
        if (parts.length == 1) {
            value(out, parts[0], index.isEmpty() ? Types.ANY : index.get(0));
        } else {
            list(out, parts, index);
        }
    }

    /** A key's JSON text as a member name; text loses its quotes but keeps its escapes, and is escaped once more. */
    private static Bytes nameOf(Object key, ByteSink text) {
        Bytes b = text.toBytes();
        boolean quoted = b.length() >= 2 && b.at(0) == '"' && !(key instanceof Tuple);
        return quoted ? b.slice(1, b.length() - 1) : b;
    }

    private static void string(ByteSink out, Bytes s) {
        out.add('"');
        for (int i = 0; i < s.length(); i++) {
            int b = s.at(i);
            switch (b) {
                case '"', '\\' -> out.add('\\').add(b);
                case '\b' -> out.add("\\b");
                case '\f' -> out.add("\\f");
                case '\n' -> out.add("\\n");
                case '\r' -> out.add("\\r");
                case '\t' -> out.add("\\t");
                default -> {
                    if (b < 0x20) {
                        out.add("\\u00").add(String.format("%02X", b));
                    } else {
                        out.add(b);
                    }
                }
            }
        }
        out.add('"');
    }

    /** Shortest digits; plain up to 21 places before the point and 6 zeros after it, as JavaScript writes numbers. */
    private static void number(ByteSink out, double d) {
        if (Double.isNaN(d) || Double.isInfinite(d)) {
            out.add("null");
            return;
        }
        if (Double.doubleToRawLongBits(d) < 0) {
            out.add('-');
        }
        if (d == 0) {
            out.add("0.0");
            return;
        }
        BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(d))).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int length = digits.length();
        int point = length - shortest.scale();
        if (length <= point && point <= 21) {
            out.add(digits).add("0".repeat(point - length)).add(".0");
        } else if (point > 0 && point <= 21) {
            out.add(digits.substring(0, point)).add('.').add(digits.substring(point));
        } else if (point > -6 && point <= 0) {
            out.add("0.").add("0".repeat(-point)).add(digits);
        } else {
            out.add(digits.charAt(0));
            if (length > 1) {
                out.add('.').add(digits.substring(1));
            }
            out.add('e').add((long) (point - 1));
        }
    }
}
