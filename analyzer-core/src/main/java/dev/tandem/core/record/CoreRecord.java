package dev.tandem.core.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record whose first fields live in Java fields that the engine writes without boxing; what scripts add by
 * {@code redef record} lives behind them.
 */
abstract class CoreRecord extends RecordValue {
    private static final Object[] NONE = {};

    private final int ownSlots;
    private @Nullable Object[] added = NONE;

    CoreRecord(RecordLayout layout, int ownSlots) {
        super(layout);
        this.ownSlots = ownSlots;
    }

    abstract @Nullable Object getOwn(int slot);

    abstract void setOwn(int slot, @Nullable Object value);

    @Override
    public final @Nullable Object get(int slot) {
        if (slot < ownSlots) {
            return getOwn(slot);
        }
        int i = slot - ownSlots;
        return i < added.length ? added[i] : null;
    }

    @Override
    public final void set(int slot, @Nullable Object value) {
        if (slot < ownSlots) {
            setOwn(slot, value);
            return;
        }
        int i = slot - ownSlots;
        if (i >= added.length) {
            added = Arrays.copyOf(added, layout().size() - ownSlots);
        }
        added[i] = value;
    }
}
