package dev.tandem.core.record;

import dev.tandem.core.value.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records without a script engine, for tests: vectors are lists, sets are sets, a named record has as many slots as asked for. */
public final class PlainRecords implements RecordFactory {
    private record Layout(String typeName, int size) implements RecordLayout {
        @Override
        public int slot(String field) {
            return -1;
        }
    }

    private static final int PLENTY = 32;
    private static final RecordLayout CONNECTION = new Layout("connection", ConnectionRecord.SLOTS);
    private static final RecordLayout ID = new Layout("conn_id", ConnIdRecord.SLOTS);
    private static final RecordLayout ENDPOINT = new Layout("endpoint", EndpointRecord.SLOTS);

    private final Map<String, RecordLayout> layouts = new HashMap<>();

    @Override
    public ConnectionRecord connection() {
        return new ConnectionRecord(CONNECTION, connId(), endpoint(), endpoint(), new LinkedHashSet<Bytes>());
    }

    @Override
    public ConnIdRecord connId() {
        return new ConnIdRecord(ID);
    }

    @Override
    public EndpointRecord endpoint() {
        return new EndpointRecord(ENDPOINT);
    }

    @Override
    public RecordValue record(String typeName) {
        return new SlotRecord(layout(typeName));
    }

    @Override
    public RecordLayout layout(String typeName) {
        return layouts.computeIfAbsent(typeName, name -> new Layout(name, PLENTY));
    }

    @Override
    public Object vector(String typeName) {
        return new ArrayList<>();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void append(Object vector, Object element) {
        ((List<Object>) vector).add(element);
    }

    @Override
    public Object table(String typeName) {
        return new HashMap<Object, Object>();
    }

    @Override
    @SuppressWarnings("unchecked")
    public boolean put(Object table, Object key, Object value) {
        return ((Map<Object, Object>) table).putIfAbsent(key, value) == null;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void addToSet(Object set, Bytes element) {
        ((Set<Bytes>) set).add(element);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void removeFromSet(Object set, Bytes element) {
        ((Set<Bytes>) set).remove(element);
    }

    @Override
    public Object enumValue(String name) {
        return name;
    }
}
