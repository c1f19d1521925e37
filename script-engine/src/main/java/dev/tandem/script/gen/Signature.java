package dev.tandem.script.gen;

import dev.tandem.script.interp.Body;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How generated code calls a body: a static method {@code run} of a class of its own.
 *
 * @param className internal name
 * @param params the parameters in the order of the body's own prototype
 * @param result null for none; of a hook's body a bool, false where it vetoes
 * @param nullable whether it may end without the value that its type promises; the result is an object then
 */
record Signature(
        Body body,
        String className,
        List<JavaType> params,
        @Nullable JavaType result,
        boolean nullable) {
    static final String METHOD = "run";
    private static final String CAPTURES = "[Ljava/lang/Object;";

    boolean isLambda() {
        return body.captureSlots().length > 0;
    }

    /** A lambda's captures come behind its parameters. */
    String descriptor() {
        return descriptor(isLambda() ? CAPTURES : "");
    }

    String descriptor(String further) {
        StringBuilder d = new StringBuilder("(");
        params.forEach(p -> d.append(p.descriptor()));
        d.append(further).append(')');
        return d.append(result == null ? "V" : result.descriptor()).toString();
    }
}
