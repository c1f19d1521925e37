package dev.tandem.script.types;

import org.jspecify.annotations.Nullable;

/** The expression behind an attribute, to be evaluated when the attribute is used. */
public interface AttributeValue {
    Type type();

    /** Evaluates it afresh, coerced to what the attribute's owner needs; null when it has no value. */
    @Nullable
    Object evaluate();

    /** Whether it is a literal, whose value need not be copied. */
    boolean isConstant();

    /** As written, for messages. */
    String text();
}
