package dev.tandem.core.connection;

import dev.tandem.core.value.Seeds;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Ids of one kind: the keyed hash of a number for the pool and a counter (zeek {@code src/util.cc}, calculate_unique_id).
 * With chosen seeds every pool gives the same ids in each run, whatever the other pools are asked for.
 */
public final class UidPool implements ConnectionUid.Source {
    /** Connections. */
    public static final long CONNECTIONS = 1;
    /** Ids that scripts ask for without naming a pool. */
    public static final long SCRIPTS = 2;
    /** The first of those that scripts number. */
    public static final long FIRST_OF_SCRIPTS = 10;

    private static final int SPACE_SHIFT = 48;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Seeds seeds;
    private final byte[] input = new byte[2 * Long.BYTES];
    private long counter;

    public UidPool(Seeds seeds, long pool) {
        this.seeds = seeds;
        LONG.set(input, 0, seeds.repeatable() ? pool : new SecureRandom().nextLong());
    }

    /** @param space one of several engines with the same seeds, from 0: their ids differ */
    public static UidPool of(Seeds seeds, long pool, int space) {
        return new UidPool(seeds, pool ^ (long) space << SPACE_SHIFT);
    }

    @Override
    public long next() {
        LONG.set(input, Long.BYTES, ++counter);
        return seeds.hash(input);
    }
}
