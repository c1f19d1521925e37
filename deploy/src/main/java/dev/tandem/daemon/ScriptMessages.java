package dev.tandem.daemon;

import dev.tandem.script.check.Diagnostic;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Prints what is wrong with scripts. Any thread. */
final class ScriptMessages implements Consumer<Diagnostic> {
    private final Terminal terminal;
    private final boolean rich;
    private final @Nullable Set<String> told;

    /**
     * @param rich with the script's line, a caret and a hint; otherwise in Zeek's one-line wording, which other programs read
     * @param once whether what several engines find wrong with the same scripts is told once
     */
    ScriptMessages(Terminal terminal, boolean rich, boolean once) {
        this.terminal = terminal;
        this.rich = rich;
        told = once ? ConcurrentHashMap.newKeySet() : null;
    }

    @Override
    public void accept(Diagnostic message) {
        String text = rich ? message.rich() : message.plain();
        if (told == null || told.add(text)) {
            terminal.out().flush();
            terminal.err().println(text);
        }
    }
}
