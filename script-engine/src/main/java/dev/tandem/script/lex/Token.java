package dev.tandem.script.lex;

import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * A token.
 *
 * @param text as written (identifiers, directives, patterns without their slashes)
 * @param type a constant's type; null for other kinds
 * @param value a constant's value, or a pattern's flags
 * @param attr the attribute of an attribute token
 */
public record Token(
        TokenKind kind,
        Position at,
        String text,
        @Nullable Type type,
        @Nullable Object value,
        @Nullable Attr attr) {
    public boolean is(TokenKind other) {
        return kind == other;
    }

    /** As messages quote it. */
    public String shown() {
        return text.isEmpty() ? kind.text() : text;
    }
}
