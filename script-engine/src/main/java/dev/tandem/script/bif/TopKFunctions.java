package dev.tandem.script.bif;

import dev.tandem.script.opaque.TopK;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.Equality;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import org.jspecify.annotations.Nullable;

/** The most frequent elements of a stream. The first element decides the type of all. */
public final class TopKFunctions {
    /** An element as scripts hold it, told apart by content. */
    private record Element(Object any) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Element e && Equality.equal(any, e.any);
        }

        @Override
        public int hashCode() {
            return Equality.hash(any);
        }
    }

    private static final Sketch.Kind<TopK<Element>> KIND = new Sketch.Kind<>("topk", "TopkVal", TopK::copy);

    private TopKFunctions() {}

    @Bif(value = "topk_init", type = "function(size: count): opaque of topk")
    public static @Nullable OpaqueValue init(ScriptContext ctx, long size) {
        if (size == 0) {
            ctx.callError("topk_init() needs a size above 0", null);
            return null;
        }
        return KIND.of(new TopK<>(Math.max(size, 1)));
    }

    @Bif(value = "topk_add", type = "function(handle: opaque of topk, value: any): any")
    public static @Nullable Object add(ScriptContext ctx, OpaqueValue handle, Object value) {
        Sketch<TopK<Element>> top = KIND.cast(handle);
        if (top.accepts(value)) {
            top.content().add(new Element(value));
        } else {
            ctx.reporter().error("Trying to add element to topk with differing type from other elements", null);
        }
        return null;
    }

    @Bif(value = "topk_get_top", type = "function(handle: opaque of topk, k: count): any_vec")
    public static @Nullable VectorValue getTop(ScriptContext ctx, OpaqueValue handle, long k) {
        Sketch<TopK<Element>> top = KIND.cast(handle);
        Type type = top.elementType();
        if (type == null || top.content().isEmpty()) {
            ctx.reporter().error("Cannot return topk of empty", null);
            return null;
        }
        VectorValue elements = new VectorValue(new VectorType(type));
        for (Element e : top.content().top(k)) {
            elements.add(AnyValue.unwrap(e.any));
        }
        return elements;
    }

    @Bif(value = "topk_count", type = "function(handle: opaque of topk, value: any): count")
    public static long count(ScriptContext ctx, OpaqueValue handle, Object value) {
        return known(ctx, KIND.cast(handle).content().count(new Element(value)), "GetCount");
    }

    @Bif(value = "topk_epsilon", type = "function(handle: opaque of topk, value: any): count")
    public static long epsilon(ScriptContext ctx, OpaqueValue handle, Object value) {
        return known(ctx, KIND.cast(handle).content().epsilon(new Element(value)), "GetEpsilon");
    }

    private static long known(ScriptContext ctx, long number, String what) {
        if (number < 0) {
            ctx.reporter().error(what + " for element that is not in top-k", null);
            return 0;
        }
        return number;
    }

    @Bif(value = "topk_size", type = "function(handle: opaque of topk): count")
    public static long size(OpaqueValue handle) {
        return KIND.cast(handle).content().size();
    }

    @Bif(value = "topk_sum", type = "function(handle: opaque of topk): count")
    public static long sum(ScriptContext ctx, OpaqueValue handle) {
        TopK<Element> top = KIND.cast(handle).content();
        if (top.pruned()) {
            ctx.reporter()
                    .warning(
                            "TopkVal::GetSum() was used on a pruned data structure. Result values do not represent"
                                    + " total element count",
                            null);
        }
        return top.sum();
    }

    @Bif(value = "topk_merge", type = "function(handle1: opaque of topk, handle2: opaque of topk): any")
    public static @Nullable Object merge(ScriptContext ctx, OpaqueValue handle1, OpaqueValue handle2) {
        return merge(ctx, handle1, handle2, false);
    }

    @Bif(value = "topk_merge_prune", type = "function(handle1: opaque of topk, handle2: opaque of topk): any")
    public static @Nullable Object mergePrune(ScriptContext ctx, OpaqueValue handle1, OpaqueValue handle2) {
        return merge(ctx, handle1, handle2, true);
    }

    private static @Nullable Object merge(ScriptContext ctx, OpaqueValue handle1, OpaqueValue handle2, boolean prune) {
        Sketch<TopK<Element>> into = KIND.cast(handle1);
        Sketch<TopK<Element>> from = KIND.cast(handle2);
        if (!into.agreesWith(from)) {
            ctx.reporter().error("Cannot merge top-k elements of differing types.", null);
            return null;
        }
        if (into.elementType() == null) {
            into.elementType(from.elementType());
        }
        into.content().merge(from.content(), prune);
        return null;
    }
}
