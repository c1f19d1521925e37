package dev.tandem.script.broker;

import dev.tandem.core.backbone.Data;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.pattern.PatternSyntaxError;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.FileValue;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.OpaqueType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Script values as data and back, as the types say (zeek {@code src/broker/Data.cc}). Data carry no type of their own: a
 * record is the vector of its fields, so both sides must declare it alike. Engine thread.
 */
public final class DataConversion {
    private static final int MAX_DEPTH = 100;

    private final ScriptContext context;

    public DataConversion(ScriptContext context) {
        this.context = context;
    }

    /**
     * A script value as data; nothing of it is shared.
     *
     * @param any the value as static type any holds it
     * @return null when it has no such form, which has been reported
     */
    public @Nullable Data toData(Object any) {
        return toData(AnyValue.unwrap(any), AnyValue.typeOf(any), 0);
    }

    private @Nullable Data toData(Object value, Type type, int depth) {
        if (depth > MAX_DEPTH) {
            return refuse("a value contains others deeper than " + MAX_DEPTH);
        }
        if (type.is(Tag.ANY)) {
            return toData(AnyValue.unwrap(value), AnyValue.typeOf(value), depth + 1);
        }
        return switch (value) {
            case Boolean b -> new Data.Bool(b);
            case Long n -> type.is(Tag.INT) ? new Data.Int(n) : new Data.Count(n);
            case Double d -> floating(d, type.tag());
            case Bytes b -> new Data.Text(b);
            case Addr a -> new Data.Address(a);
            case Subnet s -> new Data.Network(s);
            case Port p -> new Data.PortNumber(p);
            case EnumValue e -> new Data.EnumName(e.text().utf8());
            case Pattern p -> Data.vector(Data.text(p.exactText()), Data.text(p.anywhereText()));
            case FileValue f -> Data.text(f.name());
            case FuncValue f -> function(f);
            case TableValue t -> table(t, depth + 1);
            case VectorValue v -> vector(v, depth + 1);
            case RecordValue r -> record(r, depth + 1);
            case OpaqueValue o -> opaque(o);
            default -> refuse("unsupported Broker::Data type: " + type.tag().label());
        };
    }

    private @Nullable Data refuse(String why) {
        context.reporter().error(why, context.callSite());
        return null;
    }

    private static Data floating(double value, Tag tag) {
        return switch (tag) {
            case TIME -> new Data.Timestamp(Math.round(value * 1e9));
            case INTERVAL -> new Data.Timespan(Math.round(value * 1e9));
            default -> new Data.Real(value);
        };
    }

    /** By its name; a lambda has none that another node would know. */
    private @Nullable Data function(FuncValue f) {
        return f.name().startsWith("lambda_<")
                ? refuse("a lambda cannot be sent; name a function")
                : Data.vector(Data.text(f.name()));
    }

    private @Nullable Data opaque(OpaqueValue o) {
        return o instanceof BrokerValue v
                ? Data.vector(Data.text(v.type().of()), v.data().copy())
                : refuse(
                        "unsupported opaque type for serialization: " + o.type().of());
    }

    private @Nullable Data vector(VectorValue v, int depth) {
        List<Data> all = new ArrayList<>(v.size());
        for (int i = 0; i < v.size(); i++) {
            Object element = v.get(i);
            Data data = element == null
                    ? refuse("serialization of vectors with holes is unsupported")
                    : toData(element, v.type().element(), depth);
            if (data == null) {
                return null;
            }
            all.add(data);
        }
        return new Data.Vector(all);
    }

    private @Nullable Data record(RecordValue r, int depth) {
        if (!(r.layout() instanceof RecordType type)) {
            return refuse("a record without a type cannot be sent");
        }
        Data inside = dataIn(r);
        if (inside != null) {
            return inside.copy();
        }
        List<Data> all = new ArrayList<>(type.size());
        for (int i = 0; i < type.size(); i++) {
            Object field = Records.get(r, type, i);
            Data data = field == null
                    ? Data.None.VALUE
                    : toData(field, type.field(i).type(), depth);
            if (data == null) {
                return null;
            }
            all.add(data);
        }
        return new Data.Vector(all);
    }

    private @Nullable Data table(TableValue t, int depth) {
        NavigableMap<Data, Data> entries = new TreeMap<>();
        NavigableSet<Data> elements = new TreeSet<>();
        Type yield = t.type().yield();
        for (int e = t.nextEntry(-1); e >= 0; e = t.nextEntry(e)) {
            Object key = t.entryKey(e);
            if (key == null) {
                continue;
            }
            Data keyData = key(TableValue.parts(key), t.type().index(), depth);
            Object value = t.entryValue(e);
            if (keyData == null) {
                return null;
            }
            if (yield == null || value == null) {
                elements.add(keyData);
                continue;
            }
            Data valueData = toData(value, yield, depth);
            if (valueData == null) {
                return null;
            }
            entries.put(keyData, valueData);
        }
        return yield == null ? new Data.Elements(elements) : new Data.Entries(entries);
    }

    private @Nullable Data key(Object[] parts, List<Type> types, int depth) {
        List<Data> all = new ArrayList<>(parts.length);
        for (int i = 0; i < parts.length; i++) {
            Data part = toData(parts[i], types.get(i), depth);
            if (part == null) {
                return null;
            }
            all.add(part);
        }
        return all.size() == 1 ? all.get(0) : new Data.Vector(all);
    }

    /** What a {@code Broker::Data} record holds; null for other records, and for one that holds nothing. */
    public static @Nullable Data dataIn(RecordValue r) {
        return r.layout().size() == 1 && r.get(0) instanceof BrokerValue v ? v.data() : null;
    }

    /** A {@code Broker::Data} record around data, which become its own. */
    public RecordValue wrap(Data data) {
        RecordValue record = empty();
        record.set(0, new BrokerValue(this, data));
        return record;
    }

    /** A {@code Broker::Data} record that holds nothing. */
    public RecordValue empty() {
        if (context.type("Broker::Data") instanceof RecordType type) {
            return Records.bare(type);
        }
        throw new ScriptError("base/frameworks/broker is not loaded");
    }

    /**
     * Data as a value of a type, in the form that slots of this type hold.
     *
     * @return null when they are no such value
     */
    public @Nullable Object toScript(Data data, Type type) {
        if (type.is(Tag.ANY)) {
            return wrap(data.copy());
        }
        Tag tag = type.tag();
        return switch (data) {
            case Data.None n -> null;
            case Data.Bool b -> tag == Tag.BOOL ? b.value() : null;
            case Data.Count c -> tag == Tag.COUNT ? c.value() : null;
            case Data.Int i -> tag == Tag.INT ? i.value() : null;
            case Data.Real r -> tag == Tag.DOUBLE ? r.value() : null;
            case Data.Text t -> tag == Tag.STRING ? t.value() : null;
            case Data.Address a -> tag == Tag.ADDR ? a.value() : null;
            case Data.Network n -> tag == Tag.SUBNET ? n.value() : null;
            case Data.PortNumber p -> tag == Tag.PORT ? p.value() : null;
            case Data.Timestamp t -> tag == Tag.TIME ? t.nanos() / 1e9 : null;
            case Data.Timespan t -> tag == Tag.INTERVAL ? t.nanos() / 1e9 : null;
            case Data.EnumName e -> type instanceof EnumType t ? constant(t, e.name()) : null;
            case Data.Elements s -> type instanceof TableType t && t.isSet() ? set(s, t) : null;
            case Data.Entries t -> type instanceof TableType to && !to.isSet() ? table(t, to) : null;
            case Data.Vector v -> ofVector(v.values(), type);
        };
    }

    private static @Nullable EnumValue constant(EnumType type, String name) {
        EnumValue known = type.byName(name);
        return known != null ? known : type.byName("GLOBAL::" + name);
    }

    private @Nullable Object ofVector(List<Data> values, Type type) {
        return switch (type) {
            case VectorType v -> vector(values, v);
            case RecordType r -> record(values, r);
            case FuncType f -> function(values);
            case OpaqueType o -> opaque(values, o);
            default -> type.is(Tag.PATTERN) ? pattern(values) : null;
        };
    }

    private @Nullable Object vector(List<Data> values, VectorType type) {
        VectorValue all = new VectorValue(type);
        for (Data d : values) {
            Object element = toScript(d, type.element());
            if (element == null) {
                return null;
            }
            all.add(element);
        }
        return all;
    }

    private @Nullable Object record(List<Data> values, RecordType type) {
        RecordValue record = Records.bare(type);
        for (int i = 0; i < type.size(); i++) {
            // Whoever sends it may know a record that has fewer fields yet.
            if (i >= values.size() && !type.field(i).isOptional()) {
                return null;
            }
            Data d = i < values.size() ? values.get(i) : Data.None.VALUE;
            if (d instanceof Data.None) {
                record.set(i, null);
                continue;
            }
            Object field = toScript(d, type.field(i).type());
            if (field == null) {
                return null;
            }
            record.set(i, field);
        }
        return record;
    }

    private @Nullable Object function(List<Data> values) {
        return values.size() == 1
                        && values.get(0) instanceof Data.Text name
                        && context.global(name.value().utf8()) instanceof FuncValue f
                ? f
                : null;
    }

    private @Nullable Object opaque(List<Data> values, OpaqueType type) {
        return values.size() == 2
                        && values.get(0).equals(Data.text(type.of()))
                        && type.of().equals(BrokerValue.TYPE.of())
                ? new BrokerValue(this, values.get(1).copy())
                : null;
    }

    private static @Nullable Object pattern(List<Data> values) {
        if (values.size() != 2
                || !(values.get(0) instanceof Data.Text exact)
                || !(values.get(1) instanceof Data.Text anywhere)) {
            return null;
        }
        try {
            return Pattern.ofTexts(exact.value().latin1(), anywhere.value().latin1());
        } catch (PatternSyntaxError e) {
            return null;
        }
    }

    private @Nullable Object set(Data.Elements set, TableType type) {
        TableValue all = new TableValue(type);
        for (Data element : set.values()) {
            Object key = key(element, type.index());
            if (key == null) {
                return null;
            }
            all.add(key);
        }
        return all;
    }

    private @Nullable Object table(Data.Entries table, TableType type) {
        TableValue all = new TableValue(type);
        Type yield = type.yield();
        for (var entry : table.values().entrySet()) {
            Object key = key(entry.getKey(), type.index());
            Object value = yield == null ? null : toScript(entry.getValue(), yield);
            if (key == null || value == null) {
                return null;
            }
            all.put(key, value);
        }
        return all;
    }

    private @Nullable Object key(Data data, List<Type> index) {
        List<Data> parts = index.size() == 1 || !(data instanceof Data.Vector v) ? List.of(data) : v.values();
        if (parts.size() != index.size()) {
            return null;
        }
        Object[] values = new Object[parts.size()];
        for (int i = 0; i < values.length; i++) {
            Object part = toScript(parts.get(i), index.get(i));
            if (part == null) {
                return null;
            }
            values[i] = part;
        }
        return TableValue.key(values);
    }
}
