package dev.tandem.script.runtime;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.RecordType;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives records that were made before {@code redef record} added fields to their type the defaults of those fields, and
 * tables that have such records in their keys another look at them (zeek {@code src/Val.cc}, ResizeParseTimeRecords and
 * RebuildParseTimeTables).
 */
public final class RecordGrowth {
    private final RecordType type;
    private final int from;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private RecordGrowth(RecordType type, int from) {
        this.type = type;
        this.from = from;
    }

    /**
     * Fills the records of a type that a value reaches.
     *
     * @param from the first field that is new
     */
    public static void fill(RecordType type, int from, Iterable<? extends @Nullable Object> roots) {
        RecordGrowth growth = new RecordGrowth(type, from);
        for (Object root : roots) {
            growth.visit(root);
        }
    }

    /** Returns whether a record grew, which changes keys that it is in. */
    private boolean visit(@Nullable Object value) {
        return switch (value) {
            case RecordValue r -> seen.add(r) && record(r);
            case TableValue t -> seen.add(t) && table(t);
            case VectorValue v -> seen.add(v) && vector(v);
            case null -> false;
            default -> false;
        };
    }

    @SuppressWarnings("ReferenceEquality") // a type is one object
    private boolean record(RecordValue r) {
        boolean grew = false;
        for (int i = 0; i < r.layout().size(); i++) {
            grew |= visit(r.get(i));
        }
        if (r.layout() == type) {
            for (int i = from; i < type.size(); i++) {
                AttributeValue def = type.field(i).attributes().get(Attr.DEFAULT);
                Object value = def == null || r.get(i) != null ? null : def.evaluate();
                if (value != null) {
                    r.set(i, value);
                    grew = true;
                }
            }
        }
        return grew;
    }

    private boolean vector(VectorValue v) {
        boolean grew = false;
        for (int i = 0; i < v.size(); i++) {
            grew |= visit(v.get(i));
        }
        return grew;
    }

    private boolean table(TableValue t) {
        boolean keysGrew = false;
        boolean grew = false;
        for (int e = t.nextEntry(-1); e >= 0; e = t.nextEntry(e)) {
            if (t.entryKey(e) instanceof Tuple key) {
                for (Object part : key.parts()) {
                    keysGrew |= visit(part);
                }
            }
            grew |= visit(t.entryValue(e));
        }
        if (keysGrew) {
            t.rehash();
        }
        return grew || keysGrew;
    }
}
