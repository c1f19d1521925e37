package dev.tandem.daemon;

import dev.tandem.script.check.Diagnostic;
import java.util.function.Consumer;

/**
 * Prints what is wrong with scripts.
 *
 * @param rich with the script's line, a caret and a hint; otherwise in Zeek's one-line wording, which other programs read
 */
record ScriptMessages(Terminal terminal, boolean rich) implements Consumer<Diagnostic> {
    @Override
    public void accept(Diagnostic message) {
        terminal.out().flush();
        terminal.err().println(rich ? message.rich() : message.plain());
    }
}
