package dev.tandem.script.check;

import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprText;
import dev.tandem.script.ast.Global;
import dev.tandem.script.ast.Local;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Type;

/**
 * Something a message is about: where it stands, and how it reads. What stands nowhere, such as a basic type, is named by
 * its text where a place would be (zeek {@code src/Obj.cc}).
 */
public record Mention(Position at, String text) {
    public static Mention of(Expr e) {
        return new Mention(e.at(), ExprText.of(e));
    }

    public static Mention of(Type t) {
        return new Mention(t.declared(), t.label());
    }

    public static Mention of(Global g) {
        return new Mention(g.declared(), g.name());
    }

    public static Mention of(Local l) {
        return new Mention(l.at(), l.label());
    }

    String place() {
        return at.isKnown() ? at.toString() : text;
    }
}
