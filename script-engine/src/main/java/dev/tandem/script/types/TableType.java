package dev.tandem.script.types;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table, or a set when it has no yield. */
public final class TableType extends Type {
    private final List<Type> index;
    private final @Nullable Type yield;

    /** @param index types of the key's parts; empty for an unspecified {@code table()} or {@code set()} */
    public TableType(List<Type> index, @Nullable Type yield) {
        super(Tag.TABLE);
        this.index = List.copyOf(index);
        this.yield = yield;
    }

    public List<Type> index() {
        return index;
    }

    /** Null for a set. */
    public @Nullable Type yield() {
        return yield;
    }

    public boolean isUnspecified() {
        return index.isEmpty();
    }

    /** Whether its one key part is a subnet: looked up by longest prefix. */
    public boolean isSubnetTable() {
        return index.size() == 1 && index.get(0).is(Tag.SUBNET);
    }

    /** Whether its one key part is a pattern: looked up by what matches. */
    public boolean isPatternTable() {
        return index.size() == 1 && index.get(0).is(Tag.PATTERN);
    }

    @Override
    public String describe() {
        if (isUnspecified()) {
            return yield == null ? "set()" : "table()";
        }
        String keys = index.stream().map(Type::label).collect(Collectors.joining(",", "[", "]"));
        return yield == null ? "set" + keys : "table" + keys + " of " + yield.label();
    }
}
