package dev.tandem.core.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An immutable byte string: the {@code string} of scripts. May hold NUL and any other byte; text from Java enters as
 * UTF-8.
 */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] data;
    private int hash;

    private Bytes(byte[] data) {
        this.data = data;
    }

    /** Takes ownership of {@code data}: the caller must not change it afterwards. */
    public static Bytes wrap(byte[] data) {
        return data.length == 0 ? EMPTY : new Bytes(data);
    }

    public static Bytes copyOf(byte[] data, int from, int to) {
        return from == to ? EMPTY : new Bytes(Arrays.copyOfRange(data, from, to));
    }

    /** The UTF-8 bytes of {@code text}. */
    public static Bytes of(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One byte per char; chars above 0xff lose their high bits. */
    public static Bytes latin1(String text) {
        return wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public int length() {
        return data.length;
    }

    public boolean isEmpty() {
        return data.length == 0;
    }

    /** The byte at {@code index}, 0 to 255. */
    public int at(int index) {
        return data[index] & 0xff;
    }

    /** The bytes themselves, not a copy: read only. */
    public byte[] array() {
        return data;
    }

    public Bytes slice(int from, int to) {
        return from == 0 && to == data.length ? this : copyOf(data, from, to);
    }

    public Bytes concat(Bytes other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        byte[] joined = Arrays.copyOf(data, data.length + other.data.length);
        System.arraycopy(other.data, 0, joined, data.length, other.data.length);
        return new Bytes(joined);
    }

    public boolean startsWith(Bytes prefix) {
        return matchesAt(prefix, 0);
    }

    public boolean endsWith(Bytes suffix) {
        return matchesAt(suffix, data.length - suffix.data.length);
    }

    private boolean matchesAt(Bytes part, int at) {
        return at >= 0
                && at + part.data.length <= data.length
                && Arrays.equals(data, at, at + part.data.length, part.data, 0, part.data.length);
    }

    /** Position of the first occurrence of {@code part} at or after {@code from}, or -1. */
    public int indexOf(Bytes part, int from) {
        int last = data.length - part.data.length;
        for (int i = Math.max(0, from); i <= last; i++) {
            if (matchesAt(part, i)) {
                return i;
            }
        }
        return -1;
    }

    public String utf8() {
        return new String(data, StandardCharsets.UTF_8);
    }

    /** One char per byte. */
    public String latin1() {
        return new String(data, StandardCharsets.ISO_8859_1);
    }

    /** Unsigned bytewise order. */
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(data, other.data);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes b && Arrays.equals(data, b.data);
    }

    /** Seeded per process, so that keys chosen by an attacker do not collide. */
    @Override
    public int hashCode() {
        int h = hash;
        if (h == 0) {
            h = SeededHash.of(data, 0, data.length);
            hash = h == 0 ? 1 : h;
            return hash;
        }
        return h;
    }

    /** As {@link #utf8()}: for messages. */
    @Override
    public String toString() {
        return utf8();
    }
}
