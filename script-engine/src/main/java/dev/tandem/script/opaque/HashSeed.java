package dev.tandem.script.opaque;

import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.SipHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What hash functions are derived from. Filters of one seed can be merged, also when they were filled on different
 * nodes.
 */
public record HashSeed(long low, long high) {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The seed that belongs to a name: the first 16 bytes of its SHA-256 (Zeek Hasher.cc, MakeSeed). */
    public static HashSeed named(Bytes name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.array());
            return new HashSeed((long) LONG.get(digest, 0), (long) LONG.get(digest, Long.BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    /** The seed that belongs to the number a run started from (ibid.). */
    public static HashSeed numbered(long first) {
        return named(Bytes.wrap(
                new byte[] {(byte) first, (byte) (first >>> 8), (byte) (first >>> 16), (byte) (first >>> 24)}));
    }

    /** Hash of {@code key} by the {@code index}th function of this seed; indices begin with 1. */
    long hash(int index, Bytes key) {
        return SipHash.hash(low + lehmer(index), high, key.array(), 0, key.length());
    }

    /** One step of the generator that Zeek's {@code prng} is: modulus 2^31 - 1, multiplier 16807. */
    private static long lehmer(int state) {
        return 16807L * state % 0x7fff_ffffL;
    }
}
