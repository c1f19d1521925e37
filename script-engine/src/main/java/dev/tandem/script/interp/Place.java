package dev.tandem.script.interp;

import org.jspecify.annotations.Nullable;

/** Something that can be assigned: a variable, an element, a field. */
abstract class Place {
    abstract void store(Frame f, Object value);

    /** Reads the old value, computes the new one and stores it; operands of the place are evaluated once. */
    abstract Object update(Frame f, Change change);

    /** Computes a new value from the old one. */
    interface Change {
        /** @param old null when the place is unset */
        Object apply(Frame f, @Nullable Object old);
    }
}
