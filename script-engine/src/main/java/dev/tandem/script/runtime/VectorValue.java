package dev.tandem.script.runtime;

import dev.tandem.script.types.VectorType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A vector, shared by reference. Elements may be holes (null). */
public final class VectorValue {
    private static final Object[] NONE = {};

    private VectorType type;
    private @Nullable Object[] elements = NONE;
    private int size;

    public VectorValue(VectorType type) {
        this.type = type;
    }

    public VectorType type() {
        return type;
    }

    /** Gives an unspecified vector its type. */
    public void specify(VectorType newType) {
        type = newType;
    }

    public int size() {
        return size;
    }

    /** Null for a hole and outside. */
    public @Nullable Object get(int index) {
        return index >= 0 && index < size ? elements[index] : null;
    }

    /** Assigns; past the end makes holes between. */
    public void set(int index, @Nullable Object value) {
        if (index >= size) {
            resize(index + 1);
        }
        elements[index] = value;
    }

    public void add(@Nullable Object value) {
        set(size, value);
    }

    /** Cuts off, or appends holes. */
    public void resize(int newSize) {
        if (newSize > elements.length) {
            elements = Arrays.copyOf(elements, Math.max(newSize, elements.length + (elements.length >> 1) + 4));
        } else if (newSize < size) {
            Arrays.fill(elements, newSize, size, null);
        }
        size = newSize;
    }

    /** Replaces the elements {@code from} (inclusive) to {@code to} (exclusive) by those given. */
    public void replace(int from, int to, VectorValue with) {
        @Nullable Object[] insert = Arrays.copyOf(with.elements, with.size);
        int tail = size - to;
        @Nullable Object[] rest = tail > 0 ? Arrays.copyOfRange(elements, to, size) : NONE;
        resize(from + insert.length + Math.max(0, tail));
        System.arraycopy(insert, 0, elements, from, insert.length);
        System.arraycopy(rest, 0, elements, from + insert.length, rest.length);
    }

    /** A new vector of the elements {@code from} (inclusive) to {@code to} (exclusive). */
    public VectorValue slice(int from, int to) {
        VectorValue part = new VectorValue(type);
        if (to > from) {
            part.elements = Arrays.copyOfRange(elements, from, to);
            part.size = to - from;
        }
        return part;
    }

    /** Removes an element; those behind it move up. */
    public void remove(int index) {
        System.arraycopy(elements, index + 1, elements, index, size - index - 1);
        elements[--size] = null;
    }
}
