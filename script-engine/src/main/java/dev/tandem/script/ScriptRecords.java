package dev.tandem.script;

import dev.tandem.core.record.ConnIdRecord;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.record.EndpointRecord;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.record.RecordLayout;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.Global;
import dev.tandem.script.check.Globals;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.HashMap;
import java.util.Map;

/** Makes the records of events with the types that the loaded scripts gave them. */
final class ScriptRecords implements RecordFactory {
    private static final VectorType ANY_VECTOR = new VectorType(Types.ANY);

    private final Globals globals;
    private final Map<String, RecordType> types = new HashMap<>();

    ScriptRecords(Globals globals) {
        this.globals = globals;
    }

    private RecordType type(String name) {
        RecordType known = types.get(name);
        if (known == null) {
            Global g = globals.exact(name);
            if (g == null || !(g.type() instanceof RecordType r)) {
                throw new IllegalArgumentException("no script declares a record type " + name);
            }
            known = r;
            types.put(name, r);
        }
        return known;
    }

    @Override
    public ConnectionRecord connection() {
        ConnectionRecord c = (ConnectionRecord) Records.bare(type("connection"));
        ConnIdRecord id = c.id();
        if (id != null) {
            Records.fillDefaults(id, type("conn_id"));
        }
        return c;
    }

    @Override
    public ConnIdRecord connId() {
        return (ConnIdRecord) Records.make(type("conn_id"));
    }

    @Override
    public EndpointRecord endpoint() {
        return (EndpointRecord) Records.bare(type("endpoint"));
    }

    @Override
    public RecordValue record(String typeName) {
        return Records.make(type(typeName));
    }

    @Override
    public RecordLayout layout(String typeName) {
        return type(typeName);
    }

    @Override
    public Object vector(String typeName) {
        Global g = globals.exact(typeName);
        Type t = g == null ? ANY_VECTOR : g.type();
        return new VectorValue(t instanceof VectorType v ? v : ANY_VECTOR);
    }

    @Override
    public void append(Object vector, Object element) {
        ((VectorValue) vector).add(element);
    }

    @Override
    public Object table(String typeName) {
        Global g = globals.exact(typeName);
        if (g == null || !(g.type() instanceof TableType t)) {
            throw new IllegalArgumentException("no script declares a table type " + typeName);
        }
        return new TableValue(t);
    }

    @Override
    public boolean put(Object table, Object key, Object value) {
        TableValue t = (TableValue) table;
        if (t.contains(key)) {
            return false;
        }
        t.put(key, value);
        return true;
    }

    @Override
    public void addToSet(Object set, Bytes element) {
        ((TableValue) set).add(element);
    }

    @Override
    public void removeFromSet(Object set, Bytes element) {
        ((TableValue) set).remove(element);
    }

    @Override
    public Object enumValue(String name) {
        Global g = globals.exact(name);
        Object v = g == null ? null : g.value();
        if (v == null) {
            throw new IllegalArgumentException("no script declares an enum constant " + name);
        }
        return v;
    }
}
