package dev.tandem.core.log;

/**
 * A column of a log.
 *
 * @param name flattened name, e.g. {@code id.orig_h}
 * @param type the element's type for a set or vector, the type itself otherwise
 * @param container whether the column holds one value, a set or a vector
 * @param optional whether a row may leave it unset
 */
public record LogField(String name, LogType type, Container container, boolean optional) {
    /** How many values a column holds per row. */
    public enum Container {
        SINGLE,
        SET,
        VECTOR
    }

    /** As the {@code #types} line writes it: {@code count}, {@code set[string]}, {@code vector[addr]}. */
    public String typeName() {
        return switch (container) {
            case SINGLE -> type.label();
            case SET -> "set[" + type.label() + "]";
            case VECTOR -> "vector[" + type.label() + "]";
        };
    }
}
