package dev.tandem.script.lex;

import dev.tandem.script.source.Position;

/** A script that cannot be read on behind a place, unlike after other errors. */
public final class UnreadableScript extends ScriptSyntaxError {
    private static final long serialVersionUID = 1;

    public UnreadableScript(Position at, String text) {
        super(at, text);
    }
}
