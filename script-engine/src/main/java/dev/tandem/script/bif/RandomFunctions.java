package dev.tandem.script.bif;

import dev.tandem.core.connection.UidPool;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ScriptContext;
import org.jspecify.annotations.Nullable;

/** Random numbers and unique ids. */
public final class RandomFunctions {
    private static final int DEFAULT_BITS = 96;

    private RandomFunctions() {}

    @Bif(value = "rand", type = "function(max: count): count")
    public static long rand(ScriptContext ctx, long max) {
        return ctx.service(RandomSource.class).below(max);
    }

    @Bif(value = "srand", type = "function(seed: count): any")
    public static @Nullable Object srand(ScriptContext ctx, long seed) {
        ctx.service(RandomSource.class).seed(seed);
        return null;
    }

    @Bif(value = "unique_id", type = "function(prefix: string): string")
    public static Bytes uniqueId(ScriptContext ctx, Bytes prefix) {
        return id(ctx, UidPool.SCRIPTS, prefix);
    }

    @Bif(value = "unique_id_from", type = "function(pool: int, prefix: string): string")
    public static Bytes uniqueIdFrom(ScriptContext ctx, long pool, Bytes prefix) {
        return id(ctx, UidPool.FIRST_OF_SCRIPTS + pool, prefix);
    }

    private static Bytes id(ScriptContext ctx, long pool, Bytes prefix) {
        int bits = ctx.global("bits_per_uid") instanceof Long n ? n.intValue() : DEFAULT_BITS;
        return ctx.service(RandomSource.class).uniqueId(prefix.latin1(), pool, bits);
    }
}
