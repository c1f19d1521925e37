package dev.tandem.script.runtime;

import dev.tandem.script.types.OpaqueType;

/** A value that only built-in functions look into. */
public interface OpaqueValue {
    OpaqueType type();

    /** A copy that shares no state with this one; the value itself when it has none that changes. */
    OpaqueValue copy();

    /** The name of its kind in JSON: Zeek's class names, e.g. {@code TopkVal}. */
    default String jsonName() {
        return getClass().getSimpleName();
    }
}
