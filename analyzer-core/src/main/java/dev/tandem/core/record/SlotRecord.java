package dev.tandem.core.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A record that keeps every field in an array. */
public class SlotRecord extends RecordValue {
    private @Nullable Object[] slots;

    public SlotRecord(RecordLayout layout) {
        super(layout);
        slots = new Object[layout.size()];
    }

    @Override
    public @Nullable Object get(int slot) {
        return slot < slots.length ? slots[slot] : null;
    }

    @Override
    public void set(int slot, @Nullable Object value) {
        if (slot >= slots.length) {
            slots = Arrays.copyOf(slots, layout().size());
        }
        slots[slot] = value;
    }
}
