package dev.tandem.script.types;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The attributes of a field, variable or function, with their expressions where they have one. */
public final class Attributes {
    public static final Attributes NONE = new Attributes(Map.of());

    /** Those that a table goes by, whatever it is in; the others say something of the variable or field. */
    private static final Set<Attr> OF_TABLES = EnumSet.of(
            Attr.EXPIRE_CREATE,
            Attr.EXPIRE_READ,
            Attr.EXPIRE_WRITE,
            Attr.EXPIRE_FUNC,
            Attr.ON_CHANGE,
            Attr.DEFAULT_INSERT,
            Attr.ORDERED);

    private final Map<Attr, @Nullable AttributeValue> values;
    private @Nullable Attributes ofTable;

    private Attributes(Map<Attr, @Nullable AttributeValue> values) {
        this.values = values;
    }

    public boolean has(Attr attr) {
        return values.containsKey(attr);
    }

    /** The attribute's expression; null when the attribute is absent or has none. */
    public @Nullable AttributeValue get(Attr attr) {
        return values.get(attr);
    }

    /** Whether what they mean depends on the locals of the function that they stand in. */
    public boolean nameLocals() {
        return values.values().stream().anyMatch(v -> v != null && v.namesLocals());
    }

    /** As they are where these are the locals, by slot. */
    public Attributes in(@Nullable Object[] locals) {
        Map<Attr, @Nullable AttributeValue> all = new LinkedHashMap<>();
        values.forEach((attr, v) -> all.put(attr, v != null && v.namesLocals() ? v.in(locals) : v));
        return new Attributes(all);
    }

    /** Those of them that a table in a field goes by. */
    public Attributes ofTable() {
        Attributes some = ofTable;
        if (some == null) {
            some = NONE;
            for (Map.Entry<Attr, @Nullable AttributeValue> a : values.entrySet()) {
                if (OF_TABLES.contains(a.getKey())) {
                    some = some.with(a.getKey(), a.getValue());
                }
            }
            ofTable = some;
        }
        return some;
    }

    /** A table has these from now on: tells the expressions, so that what they ask for begins. */
    public void begin(Object table) {
        for (AttributeValue v : values.values()) {
            if (v != null) {
                v.begin(table);
                return;
            }
        }
    }

    public Set<Attr> kinds() {
        return values.keySet();
    }

    /** These and one more; an attribute given again replaces the former. */
    public Attributes with(Attr attr, @Nullable AttributeValue value) {
        Map<Attr, @Nullable AttributeValue> all = new LinkedHashMap<>();
        all.putAll(values);
        all.put(attr, value);
        return new Attributes(all);
    }

    /** {@code &name=value, &name}, after {@code before}; empty when there are none. */
    public String describe(String before) {
        return values.entrySet().stream()
                .map(e -> {
                    AttributeValue v = e.getValue();
                    return e.getKey().keyword() + (v == null ? "" : "=" + v.text());
                })
                .collect(Collectors.joining(", ", values.isEmpty() ? "" : before, ""));
    }

    public Attributes with(Attributes others) {
        Attributes all = this;
        for (Attr a : others.values.keySet()) {
            all = all.with(a, others.get(a));
        }
        return all;
    }

    public Attributes without(Attr attr) {
        if (!has(attr)) {
            return this;
        }
        Map<Attr, @Nullable AttributeValue> all = new LinkedHashMap<>(values);
        all.remove(attr);
        return new Attributes(all);
    }
}
