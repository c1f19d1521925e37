package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.opaque.EntropyTest;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.runtime.ScriptContext;

/** How random a string, or a stream of strings, looks. */
public final class EntropyFunctions {
    private static final Sketch.Kind<EntropyTest> KIND = new Sketch.Kind<>("entropy", "EntropyVal", EntropyTest::copy);

    private EntropyFunctions() {}

    private static RecordValue record(ScriptContext ctx, EntropyTest.Result result) {
        RecordValue r = Declared.record(ctx, "entropy_test_result");
        r.set(0, result.entropy());
        r.set(1, result.chiSquare());
        r.set(2, result.mean());
        r.set(3, result.monteCarloPi());
        r.set(4, result.serialCorrelation());
        return r;
    }

    @Bif(value = "find_entropy", type = "function(data: string): entropy_test_result", pure = true)
    public static RecordValue findEntropy(ScriptContext ctx, Bytes data) {
        EntropyTest test = new EntropyTest();
        test.feed(data);
        return record(ctx, test.result());
    }

    @Bif(value = "entropy_test_init", type = "function(): opaque of entropy")
    public static OpaqueValue entropyTestInit() {
        return KIND.of(new EntropyTest());
    }

    @Bif(value = "entropy_test_add", type = "function(handle: opaque of entropy, data: string): bool")
    public static boolean entropyTestAdd(OpaqueValue handle, Bytes data) {
        KIND.cast(handle).content().feed(data);
        return true;
    }

    @Bif(value = "entropy_test_finish", type = "function(handle: opaque of entropy): entropy_test_result")
    public static RecordValue entropyTestFinish(ScriptContext ctx, OpaqueValue handle) {
        return record(ctx, KIND.cast(handle).content().result());
    }
}
