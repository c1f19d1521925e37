package dev.tandem.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in a capture file, in the byte order of the machine that wrote it. */
enum ByteLayout {
    LITTLE,
    BIG;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    static ByteLayout ofThisMachine() {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? BIG : LITTLE;
    }

    int int32(byte[] bytes, int at) {
        int value = (int) INT.get(bytes, at);
        return this == BIG ? Integer.reverseBytes(value) : value;
    }

    long unsigned32(byte[] bytes, int at) {
        return int32(bytes, at) & 0xffffffffL;
    }

    int unsigned16(byte[] bytes, int at) {
        short value = (short) SHORT.get(bytes, at);
        return (this == BIG ? Short.reverseBytes(value) : value) & 0xffff;
    }

    long int64(byte[] bytes, int at) {
        long first = unsigned32(bytes, at);
        long second = unsigned32(bytes, at + 4);
        return this == BIG ? first << 32 | second : second << 32 | first;
    }

    void putInt32(byte[] bytes, int at, int value) {
        INT.set(bytes, at, this == BIG ? Integer.reverseBytes(value) : value);
    }
}
