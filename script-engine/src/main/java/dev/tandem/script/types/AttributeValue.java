package dev.tandem.script.types;

import org.jspecify.annotations.Nullable;

/** The expression behind an attribute, to be evaluated when the attribute is used. */
public interface AttributeValue {
    Type type();

    /** Whether it names locals of the function that it stands in; only {@link #in} has a value then. */
    default boolean namesLocals() {
        return false;
    }

    /** This attribute as it is where these are the locals, by slot: its value from now on. */
    default AttributeValue in(@Nullable Object[] locals) {
        return this;
    }

    /** A table was made that this is an attribute of: what it asks for begins, such as expiry. */
    default void begin(Object table) {}

    /** Evaluates it afresh, coerced to what the attribute's owner needs; null when it has no value. */
    @Nullable
    Object evaluate();

    /** Whether it is a literal, whose value need not be copied. */
    boolean isConstant();

    /** As written, for messages. */
    String text();
}
