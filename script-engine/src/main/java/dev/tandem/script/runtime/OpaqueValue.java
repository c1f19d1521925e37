package dev.tandem.script.runtime;

import dev.tandem.script.types.OpaqueType;

/** A value that only built-in functions look into. */
public interface OpaqueValue {
    OpaqueType type();

    /** A copy that shares no state with this one; the value itself when it has none that changes. */
    OpaqueValue copy();
}
