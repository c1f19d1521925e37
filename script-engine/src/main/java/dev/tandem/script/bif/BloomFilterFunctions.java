package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.opaque.BasicBloomFilter;
import dev.tandem.script.opaque.BloomFilter;
import dev.tandem.script.opaque.CountingBloomFilter;
import dev.tandem.script.opaque.HashSeed;
import dev.tandem.script.runtime.KeyBytes;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.runtime.ScriptContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bloom filters. The first element decides the type of all. */
public final class BloomFilterFunctions {
    private static final Sketch.Kind<BloomFilter> KIND =
            new Sketch.Kind<>("bloomfilter", "BloomFilterVal", BloomFilter::copy);
    private static final String TYPES_DIFFER = "incompatible Bloom filter types";

    private BloomFilterFunctions() {}

    /** Of the filter's name, else of the option for all filters, else of the run (zeek {@code src/probabilistic/Hasher.cc}). */
    private static HashSeed seed(ScriptContext ctx, @Nullable Bytes name) {
        if (name != null && !name.isEmpty()) {
            return HashSeed.named(name);
        }
        if (ctx.global("global_hash_seed") instanceof Bytes global && !global.isEmpty()) {
            return HashSeed.named(global);
        }
        return HashSeed.numbered(ctx.service(RandomSource.class).seeds().first());
    }

    private static @Nullable OpaqueValue make(ScriptContext ctx, Supplier<BloomFilter> filter) {
        try {
            return KIND.of(filter.get());
        } catch (IllegalArgumentException e) {
            return refuse(ctx, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable OpaqueValue refuse(ScriptContext ctx, String message) {
        ctx.reporter().error(message, null);
        return null;
    }

    @Bif(
            value = "bloomfilter_basic_init",
            type = "function(fp: double, capacity: count, name: string &default=\"\"): opaque of bloomfilter")
    public static @Nullable OpaqueValue basicInit(ScriptContext ctx, double fp, long capacity, @Nullable Bytes name) {
        if (!(fp >= 0 && fp <= 1)) {
            return refuse(ctx, "false-positive rate must take value between 0 and 1");
        }
        return make(ctx, () -> BasicBloomFilter.forCapacity(fp, capacity, seed(ctx, name)));
    }

    @Bif(
            value = "bloomfilter_basic_init2",
            type = "function(k: count, cells: count, name: string &default=\"\"): opaque of bloomfilter")
    public static @Nullable OpaqueValue basicInit2(ScriptContext ctx, long k, long cells, @Nullable Bytes name) {
        if (k == 0) {
            return refuse(ctx, "number of hash functions must be non-negative");
        }
        if (cells == 0) {
            return refuse(ctx, "number of cells must be non-negative");
        }
        return make(ctx, () -> BasicBloomFilter.ofCells(k, cells, seed(ctx, name)));
    }

    @Bif(
            value = "bloomfilter_counting_init",
            type = "function(k: count, cells: count, max: count, name: string &default=\"\"): opaque of bloomfilter")
    public static @Nullable OpaqueValue countingInit(
            ScriptContext ctx, long k, long cells, long max, @Nullable Bytes name) {
        if (max == 0) {
            return refuse(ctx, "max counter value must be greater than 0");
        }
        return make(ctx, () -> CountingBloomFilter.of(k, cells, max, seed(ctx, name)));
    }

    private static boolean accepts(ScriptContext ctx, Sketch<BloomFilter> filter, Object x) {
        if (filter.accepts(x)) {
            return true;
        }
        ctx.reporter().error(TYPES_DIFFER, null);
        return false;
    }

    @Bif(value = "bloomfilter_add", type = "function(bf: opaque of bloomfilter, x: any): any")
    public static @Nullable Object add(ScriptContext ctx, OpaqueValue bf, Object x) {
        Sketch<BloomFilter> filter = KIND.cast(bf);
        if (accepts(ctx, filter, x)) {
            filter.content().add(KeyBytes.of(x));
        }
        return null;
    }

    @Bif(value = "bloomfilter_decrement", type = "function(bf: opaque of bloomfilter, x: any): bool")
    public static boolean decrement(ScriptContext ctx, OpaqueValue bf, Object x) {
        Sketch<BloomFilter> filter = KIND.cast(bf);
        return accepts(ctx, filter, x) && filter.content().decrement(KeyBytes.of(x));
    }

    @Bif(value = "bloomfilter_lookup", type = "function(bf: opaque of bloomfilter, x: any): count")
    public static long lookup(ScriptContext ctx, OpaqueValue bf, Object x) {
        Sketch<BloomFilter> filter = KIND.cast(bf);
        if (filter.elementType() == null || !accepts(ctx, filter, x)) {
            return 0;
        }
        return filter.content().count(KeyBytes.of(x));
    }

    @Bif(value = "bloomfilter_clear", type = "function(bf: opaque of bloomfilter): any")
    public static @Nullable Object clear(OpaqueValue bf) {
        KIND.cast(bf).content().clear();
        return null;
    }

    @Bif(
            value = "bloomfilter_merge",
            type = "function(bf1: opaque of bloomfilter, bf2: opaque of bloomfilter): opaque of bloomfilter")
    public static @Nullable OpaqueValue merge(ScriptContext ctx, OpaqueValue bf1, OpaqueValue bf2) {
        return combine(ctx, KIND.cast(bf1), KIND.cast(bf2), true);
    }

    @Bif(
            value = "bloomfilter_intersect",
            type = "function(bf1: opaque of bloomfilter, bf2: opaque of bloomfilter): opaque of bloomfilter")
    public static @Nullable OpaqueValue intersect(ScriptContext ctx, OpaqueValue bf1, OpaqueValue bf2) {
        return combine(ctx, KIND.cast(bf1), KIND.cast(bf2), false);
    }

    private static @Nullable OpaqueValue combine(
            ScriptContext ctx, Sketch<BloomFilter> a, Sketch<BloomFilter> b, boolean merge) {
        if (!a.agreesWith(b)) {
            return refuse(ctx, TYPES_DIFFER);
        }
        BloomFilter x = a.content();
        BloomFilter y = b.content();
        if (x.getClass() != y.getClass()) {
            return refuse(ctx, "cannot " + (merge ? "merge" : "intersect") + " different Bloom filter types");
        }
        BloomFilter both = merge ? x.mergedWith(y) : x.intersectedWith(y);
        if (both == null) {
            return refuse(ctx, "failed to " + (merge ? "merge" : "intersect") + " Bloom filter");
        }
        return KIND.of(both, a.elementType() != null ? a.elementType() : b.elementType());
    }

    @Bif(value = "bloomfilter_internal_state", type = "function(bf: opaque of bloomfilter): string")
    public static Bytes internalState(OpaqueValue bf) {
        return Bytes.of(KIND.cast(bf).content().internalState());
    }
}
