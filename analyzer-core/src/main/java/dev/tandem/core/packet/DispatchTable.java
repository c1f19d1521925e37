package dev.tandem.core.packet;

import org.jspecify.annotations.Nullable;

/** From the number a layer names its payload with to the decoder of it. A handful of entries: searched in order. */
final class DispatchTable {
    private long[] keys = new long[4];
    private Decoder[] decoders = new Decoder[4];
    private int size;

    DispatchTable put(long key, Decoder decoder) {
        if (size == keys.length) {
            keys = java.util.Arrays.copyOf(keys, 2 * size);
            decoders = java.util.Arrays.copyOf(decoders, 2 * size);
        }
        keys[size] = key;
        decoders[size++] = decoder;
        return this;
    }

    @Nullable
    Decoder get(long key) {
        for (int i = 0; i < size; i++) {
            if (keys[i] == key) {
                return decoders[i];
            }
        }
        return null;
    }
}
