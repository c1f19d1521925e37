package dev.tandem.core.record;

/** The fields of a record type, in order. Grows while scripts are read ({@code redef record}), never shrinks. */
public interface RecordLayout {
    /** The type's full name as scripts write it, e.g. {@code Conn::Info}; empty for an anonymous type. */
    String typeName();

    int size();

    /** The slot of a field, or -1 when there is none of that name. */
    int slot(String field);
}
