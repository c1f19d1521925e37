package dev.tandem.core.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * What random numbers, ids and keyed hashes of a run start from; the same seeds give the same run (zeek {@code
 * src/util.cc}, init_random_seed, and {@code src/Hash.cc}, InitializeSeeds).
 *
 * @param first starts {@code rand()}; 32 bits, unsigned
 * @param material the {@value #BYTES} bytes from which keys are cut
 * @param repeatable whether somebody chose them; otherwise ids are unique over all runs and machines
 */
public record Seeds(long first, Bytes material, boolean repeatable) {
    public static final int BYTES = 80;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SIP_KEY = 64;

    public Seeds {
        if (material.length() != BYTES) {
            throw new IllegalArgumentException("seeds have " + BYTES + " bytes, not " + material.length());
        }
    }

    /** Nobody can guess them. */
    public static Seeds unpredictable() {
        SecureRandom random = new SecureRandom();
        byte[] material = new byte[BYTES];
        random.nextBytes(material);
        return new Seeds(random.nextLong() & 0xffff_ffffL, Bytes.wrap(material), false);
    }

    /** The same for the same number; for runs that only have to repeat, and for tests. */
    public static Seeds fixed(long number) {
        byte[] material = new byte[BYTES];
        LONG.set(material, SIP_KEY, number);
        return new Seeds(number & 0xffff_ffffL, Bytes.wrap(material), true);
    }

    /** The keyed hash of the run: ids, and the sketches of scripts. */
    public long hash(byte[] data) {
        byte[] m = material.array();
        return SipHash.hash(
                (long) LONG.get(m, SIP_KEY), (long) LONG.get(m, SIP_KEY + Long.BYTES), data, 0, data.length);
    }

    /** The bytes from {@code from} up to {@code to}. */
    public byte[] part(int from, int to) {
        return Arrays.copyOfRange(material.array(), from, to);
    }
}
