package dev.tandem.script;

import dev.tandem.script.gen.JitOptions;

/** What the language does is the same when each loop is compiled while it runs. */
final class CompiledLoopsTest extends LanguageTest {
    @Override
    JitOptions jit() {
        return new JitOptions(Integer.MAX_VALUE, 1, null);
    }
}
