package dev.tandem.core.record;

import dev.tandem.core.value.Bytes;

/**
 * Makes the records, sets and vectors that events carry, with the types that the loaded scripts gave them. Implemented by
 * the script engine; engine thread only.
 */
public interface RecordFactory {
    /** A fresh connection record with its id and both endpoints, and an empty service set. */
    ConnectionRecord connection();

    ConnIdRecord connId();

    EndpointRecord endpoint();

    /**
     * An empty record of a named script type.
     *
     * @throws IllegalArgumentException when no script declares a record type of that name
     */
    RecordValue record(String typeName);

    /** The slots of a named record type, to look field names up once. */
    RecordLayout layout(String typeName);

    /** An empty vector of a named script vector type, or of {@code any} when there is no such type. */
    Object vector(String typeName);

    void append(Object vector, Object element);

    /** An empty table of a named script table type. */
    Object table(String typeName);

    /** Puts an element in; returns whether its key is new, and leaves what is there when it is not. */
    boolean put(Object table, Object key, Object value);

    void addToSet(Object set, Bytes element);

    void removeFromSet(Object set, Bytes element);

    /** A script enum constant by its full name, e.g. {@code Tunnel::GRE}. */
    Object enumValue(String name);
}
