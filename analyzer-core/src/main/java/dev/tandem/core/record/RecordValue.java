package dev.tandem.core.record;

import org.jspecify.annotations.Nullable;

/**
 * A record as scripts see it: shared by reference, changed in place, owned by the engine thread.
 *
 * <p>Slots hold Boolean (bool), Long (int, count), Double (double, time, interval), or an object of the value package or
 * of the script engine; null is an unset field. Defaults are the script engine's business, not this class's.
 */
public abstract class RecordValue {
    private final RecordLayout layout;

    protected RecordValue(RecordLayout layout) {
        this.layout = layout;
    }

    public final RecordLayout layout() {
        return layout;
    }

    /** The value of a slot, null when unset. A slot the type gained after this value was made is unset. */
    public abstract @Nullable Object get(int slot);

    /** Sets a slot; null unsets it. */
    public abstract void set(int slot, @Nullable Object value);
}
