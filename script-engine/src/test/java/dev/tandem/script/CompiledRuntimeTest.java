package dev.tandem.script;

import dev.tandem.script.gen.JitOptions;

/** Scripts run alike when everything is compiled before its first call. */
final class CompiledRuntimeTest extends RuntimeTest {
    @Override
    JitOptions jit() {
        return JitOptions.AT_ONCE;
    }
}
