package dev.tandem.script.check;

import dev.tandem.script.source.Position;
import org.jspecify.annotations.Nullable;

/**
 * A message about a script.
 *
 * @param place what stands for the place in Zeek's wording when a message is about several; null for {@code at}
 * @param message without its place
 * @param hint how to cure it, e.g. a name that was perhaps meant; null for none
 */
public record Diagnostic(
        Severity severity,
        Position at,
        @Nullable String place,
        String message,
        @Nullable String hint) {
    /** How bad it is: an error stops the start. */
    public enum Severity {
        WARNING("warning"),
        ERROR("error"),
        /** An error of what was evaluated while it was read. */
        EVALUATION("expression error"),
        /** Something without which the rest makes no sense, such as a script that is not there. */
        FATAL("fatal error");

        private final String label;

        Severity(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** Zeek's one-line wording: {@code error in FILE, line N: message}. */
    public String plain() {
        String where = place != null ? place : at.toString();
        return place == null && !at.isKnown() && at.source().name().startsWith("<")
                ? severity.label() + ": " + message
                : severity.label() + " in " + where + ": " + message;
    }

    /** {@code file:line:col: error: message}, the line, a caret, and the hint. */
    public String rich() {
        StringBuilder out = new StringBuilder();
        if (at.line() > 0) {
            out.append(at.source().name())
                    .append(':')
                    .append(at.line())
                    .append(':')
                    .append(at.column())
                    .append(": ");
        }
        out.append(severity.label()).append(": ").append(message);
        String line = at.line() > 0 ? at.source().line(at.line()) : "";
        if (!line.isEmpty()) {
            out.append("\n  ").append(line).append("\n  ");
            for (int i = 0; i < at.column() - 1; i++) {
                out.append(i < line.length() && line.charAt(i) == '\t' ? '\t' : ' ');
            }
            out.append('^');
        }
        if (hint != null) {
            out.append("\n  = ").append(hint);
        }
        return out.toString();
    }
}
