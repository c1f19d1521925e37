package dev.tandem.script.types;

import dev.tandem.script.source.Position;
import org.jspecify.annotations.Nullable;

/**
 * A type of the script language. Atomic types are the constants of {@link Types}; the others are built while scripts are
 * read and may still grow then (records, enums).
 *
 * <p>How values look in Java: bool is Boolean, int and count are Long, double, time and interval are Double, string is
 * {@code Bytes}, port, addr and subnet are core's value types, the rest are classes of the runtime package. A value of
 * static type any that does not tell its type by its class is wrapped in {@code runtime.AnyValue}.
 */
public abstract sealed class Type
        permits SimpleType,
                RecordType,
                TableType,
                VectorType,
                EnumType,
                FuncType,
                OpaqueType,
                FileType,
                ListType,
                TypeType {
    private final Tag tag;
    private @Nullable String name;
    private Position declared = Position.NONE;

    Type(Tag tag) {
        this.tag = tag;
    }

    public final Tag tag() {
        return tag;
    }

    public final boolean is(Tag other) {
        return tag == other;
    }

    /** The full name a {@code type} declaration gave it, null when it has none. */
    public final @Nullable String name() {
        return name;
    }

    /** Named once, by its declaration. */
    public final void name(String fullName) {
        name = fullName;
    }

    /** Where it was written; {@link Position#NONE} for a basic type and what has no place in a script. */
    public final Position declared() {
        return declared;
    }

    public final void declared(Position at) {
        declared = at;
    }

    public final boolean isSet() {
        return this instanceof TableType t && t.yield() == null;
    }

    public final boolean isError() {
        return tag == Tag.ERROR;
    }

    /** As error messages and {@code type_name()} write it, e.g. {@code table[string] of count}. */
    public abstract String describe();

    /** How a use of it by name reads: the name when it has one, else the description. */
    public final String label() {
        return name != null ? name : describe();
    }

    @Override
    public final String toString() {
        return describe();
    }
}
