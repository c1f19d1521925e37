package dev.tandem.script.interp;

import dev.tandem.script.runtime.TableValue;

/** Evaluates the index of a table to a key. */
final class KeyNode {
    private final Node[] parts;

    KeyNode(Node[] parts) {
        this.parts = parts;
    }

    Object key(Frame f) {
        if (parts.length == 1) {
            return TableValue.key(parts[0].value(f));
        }
        Object[] values = new Object[parts.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts[i].value(f);
        }
        return TableValue.key(values);
    }
}
