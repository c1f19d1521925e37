package dev.tandem.script.interp;

import org.jspecify.annotations.Nullable;

/** The locals of one call, and its result while it returns. */
public final class Frame {
    final @Nullable Object[] slots;

    @Nullable
    Object result;

    /** Takes ownership of {@code slots}. */
    Frame(@Nullable Object[] slots) {
        this.slots = slots;
    }

    /** The locals themselves, by slot; null is unset. */
    public @Nullable Object[] slots() {
        return slots;
    }

    public void result(@Nullable Object value) {
        result = value;
    }

    /** Another frame with the same values. */
    Frame copy() {
        return new Frame(slots.clone());
    }
}
