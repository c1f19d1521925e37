package dev.tandem.script.runtime;

import dev.tandem.core.value.Bytes;
import java.util.Arrays;

/** A growing byte buffer that values are described into. Reusable after {@link #clear}; one thread. */
public final class ByteSink {
    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private byte[] data;
    private int size;

    public ByteSink() {
        this(64);
    }

    public ByteSink(int room) {
        data = new byte[Math.max(8, room)];
    }

    public int size() {
        return size;
    }

    /** The byte at {@code index}, 0 to 255. */
    public int at(int index) {
        return data[index] & 0xff;
    }

    /** The last byte, -1 when there is none. */
    public int last() {
        return size == 0 ? -1 : data[size - 1] & 0xff;
    }

    /** The buffer itself, valid up to {@link #size} and until the next append. */
    public byte[] array() {
        return data;
    }

    public void clear() {
        size = 0;
    }

    /** Forgets what was appended after the first {@code newSize} bytes. */
    public void truncate(int newSize) {
        size = Math.min(size, newSize);
    }

    private void room(int more) {
        if (size + more > data.length) {
            data = Arrays.copyOf(data, Math.max(size + more, data.length * 2));
        }
    }

    public ByteSink add(int b) {
        if (size == data.length) {
            room(1);
        }
        data[size++] = (byte) b;
        return this;
    }

    public ByteSink add(Bytes bytes) {
        return add(bytes.array(), 0, bytes.length());
    }

    public ByteSink add(byte[] bytes, int from, int to) {
        int length = to - from;
        room(length);
        System.arraycopy(bytes, from, data, size, length);
        size += length;
        return this;
    }

    /** One byte per char; UTF-8 when a char does not fit. */
    public ByteSink add(String text) {
        int length = text.length();
        room(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > 0x7f) {
                size -= i;
                return add(Bytes.of(text));
            }
            data[size++] = (byte) c;
        }
        return this;
    }

    public ByteSink add(long signed) {
        if (signed < 0) {
            add('-');
            return unsigned(-signed);
        }
        return unsigned(signed);
    }

    /** In decimal, as an unsigned number. */
    public ByteSink unsigned(long n) {
        if (n < 0) {
            long head = Long.divideUnsigned(n, 10);
            unsigned(head);
            return add('0' + (int) (n - head * 10));
        }
        int digits = 1;
        for (long limit = 10; digits < 19 && n >= limit; limit *= 10) {
            digits++;
        }
        room(digits);
        size += digits;
        long rest = n;
        for (int at = size - 1; at >= size - digits; at--) {
            data[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return this;
    }

    /** Two lower-case hex digits. */
    public ByteSink hex(int b) {
        return add(HEX[b >> 4 & 15]).add(HEX[b & 15]);
    }

    public Bytes toBytes() {
        return Bytes.copyOf(data, 0, size);
    }

    @Override
    public String toString() {
        return toBytes().utf8();
    }
}
