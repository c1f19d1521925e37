package dev.tandem.script.runtime;

import dev.tandem.script.types.OpaqueType;
import dev.tandem.script.types.Type;
import org.jspecify.annotations.Nullable;

/** A value that only built-in functions look into. */
public interface OpaqueValue {
    OpaqueType type();

    /** A copy that shares no state with this one; the value itself when it has none that changes. */
    OpaqueValue copy();

    /** As {@code print} shows it. */
    default String text() {
        return "<opaque of " + type().of() + ">";
    }

    /**
     * What a record with this as its only field is as another type: data from other nodes become what a script expects.
     *
     * @return null when that cannot be
     */
    default @Nullable Object castTo(Type to) {
        return null;
    }

    /** The name of its kind in JSON: Zeek's class names, e.g. {@code TopkVal}. */
    default String jsonName() {
        return getClass().getSimpleName();
    }
}
