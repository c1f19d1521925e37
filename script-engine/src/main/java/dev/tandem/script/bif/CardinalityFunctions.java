package dev.tandem.script.bif;

import dev.tandem.script.opaque.CardinalityCounter;
import dev.tandem.script.runtime.KeyBytes;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.runtime.ScriptContext;
import org.jspecify.annotations.Nullable;

/** Estimates of how many different elements there were. The first element decides the type of all. */
public final class CardinalityFunctions {
    private static final Sketch.Kind<CardinalityCounter> KIND =
            new Sketch.Kind<>("cardinality", "CardinalityVal", CardinalityCounter::copy);

    private CardinalityFunctions() {}

    @Bif(value = "hll_cardinality_init", type = "function(err: double, confidence: double): opaque of cardinality")
    public static @Nullable OpaqueValue init(ScriptContext ctx, double err, double confidence) {
        try {
            return KIND.of(CardinalityCounter.of(err, confidence));
        } catch (IllegalArgumentException e) {
            ctx.reporter().error(String.valueOf(e.getMessage()), null);
            return null;
        }
    }

    @Bif(value = "hll_cardinality_add", type = "function(handle: opaque of cardinality, elem: any): bool")
    public static boolean add(ScriptContext ctx, OpaqueValue handle, Object elem) {
        Sketch<CardinalityCounter> counter = KIND.cast(handle);
        if (!counter.accepts(elem)) {
            ctx.reporter().error("incompatible HLL data type", null);
            return false;
        }
        counter.content()
                .add(ctx.service(RandomSource.class)
                        .seeds()
                        .hash(KeyBytes.of(elem).array()));
        return true;
    }

    @Bif(
            value = "hll_cardinality_merge_into",
            type = "function(handle1: opaque of cardinality, handle2: opaque of cardinality): bool")
    public static boolean mergeInto(ScriptContext ctx, OpaqueValue handle1, OpaqueValue handle2) {
        Sketch<CardinalityCounter> into = KIND.cast(handle1);
        Sketch<CardinalityCounter> from = KIND.cast(handle2);
        if (!into.agreesWith(from)) {
            ctx.reporter().error("incompatible HLL types", null);
            return false;
        }
        if (!into.content().merge(from.content())) {
            ctx.reporter().error("Cardinality counters with different parameters cannot be merged", null);
            return false;
        }
        return true;
    }

    @Bif(value = "hll_cardinality_estimate", type = "function(handle: opaque of cardinality): double")
    public static double estimate(OpaqueValue handle) {
        return KIND.cast(handle).content().estimate();
    }

    @Bif(value = "hll_cardinality_copy", type = "function(handle: opaque of cardinality): opaque of cardinality")
    public static OpaqueValue copy(OpaqueValue handle) {
        return KIND.cast(handle).copy();
    }
}
