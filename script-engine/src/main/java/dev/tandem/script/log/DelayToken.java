package dev.tandem.script.log;

import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.types.OpaqueType;

/** What {@code Log::delay} returns: the number of a delayed row, 0 for none. Means something in this engine only. */
record DelayToken(OpaqueType type, long number) implements OpaqueValue {
    @Override
    public String jsonName() {
        return type.of();
    }

    @Override
    public OpaqueValue copy() {
        return this;
    }
}
