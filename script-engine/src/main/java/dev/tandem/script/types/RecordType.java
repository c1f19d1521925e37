package dev.tandem.script.types;

import dev.tandem.core.record.RecordLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A record type; grows by {@code redef record} while scripts are read. */
public final class RecordType extends Type implements RecordLayout {
    private final List<RecordField> fields = new ArrayList<>();
    private final Map<String, Integer> slots = new HashMap<>();
    private boolean hasValues;

    public RecordType(List<RecordField> fields) {
        super(Tag.RECORD);
        for (RecordField f : fields) {
            add(f);
        }
    }

    /** Appends a field; false when there is one of that name. */
    public boolean add(RecordField field) {
        if (slots.putIfAbsent(field.name(), fields.size()) != null) {
            return false;
        }
        fields.add(field);
        return true;
    }

    /** Replaces a field's attributes ({@code redef record R$f += { &log }}). */
    public void attributes(int slot, Attributes attributes) {
        RecordField f = fields.get(slot);
        fields.set(slot, new RecordField(f.name(), f.type(), attributes));
    }

    /** A record of this type was made, so that adding fields concerns it. */
    public void madeValue() {
        hasValues = true;
    }

    public boolean hasValues() {
        return hasValues;
    }

    public List<RecordField> fields() {
        return Collections.unmodifiableList(fields);
    }

    public RecordField field(int slot) {
        return fields.get(slot);
    }

    @Override
    public String typeName() {
        String n = name();
        return n == null ? "" : n;
    }

    @Override
    public int size() {
        return fields.size();
    }

    @Override
    public int slot(String field) {
        return slots.getOrDefault(field, -1);
    }

    @Override
    public String describe() {
        return fields.stream()
                .map(f -> f.name() + ":" + f.type().label() + ";")
                .collect(Collectors.joining(" ", "record { ", " }"));
    }
}
