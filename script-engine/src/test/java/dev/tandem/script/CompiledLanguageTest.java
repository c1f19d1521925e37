package dev.tandem.script;

import dev.tandem.script.gen.JitOptions;

/** What the language does is the same when everything is compiled before its first call. */
final class CompiledLanguageTest extends LanguageTest {
    @Override
    JitOptions jit() {
        return JitOptions.AT_ONCE;
    }
}
