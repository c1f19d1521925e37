package dev.tandem.script.interp;

import org.jspecify.annotations.Nullable;

/** The locals of one call, and its result while it returns. */
final class Frame {
    final @Nullable Object[] slots;

    @Nullable
    Object result;

    Frame(int size) {
        slots = new Object[size];
    }
}
