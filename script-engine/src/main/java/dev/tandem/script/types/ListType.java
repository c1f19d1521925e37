package dev.tandem.script.types;

import java.util.List;
import java.util.stream.Collectors;

/** Several types in a row: the index of a table, a bracketed list of expressions. */
public final class ListType extends Type {
    private final List<Type> parts;

    public ListType(List<Type> parts) {
        super(Tag.LIST);
        this.parts = List.copyOf(parts);
    }

    public List<Type> parts() {
        return parts;
    }

    @Override
    public String describe() {
        return parts.stream().map(Type::label).collect(Collectors.joining(",", "list of ", ""));
    }
}
