package dev.tandem.script.runtime;

import dev.tandem.script.source.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run-time error of a script: unwinds to the event or hook body that runs. Carries no Java stack, since scripts may
 * raise it often.
 */
public final class ScriptError extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int MOST_CALLS = 32;

    /**
     * A function that the error has left.
     *
     * @param function full name
     * @param from where it was called; null when no script called it
     */
    public record Left(String function, @Nullable Position from) {}

    private transient @Nullable Position position;
    private transient @Nullable List<Left> left;
    private final String kind;

    /** An expression that has no value; the message ends with its text in parentheses. */
    public ScriptError(String message) {
        this(message, "expression error");
    }

    private ScriptError(String message, String kind) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** What goes wrong by no single expression's fault, such as a recursion without end. */
    public static ScriptError general(String message) {
        return new ScriptError(message, "runtime error");
    }

    /** What a script says is wrong: a failed assertion. */
    public static ScriptError stated(String message, Position position) {
        ScriptError e = new ScriptError(message, "error");
        e.position = position;
        return e;
    }

    /** The words that messages about it begin with. */
    public String kind() {
        return kind;
    }

    public ScriptError(String message, Position position) {
        this(message);
        this.position = position;
    }

    /** Where it happened; null until a node that knows fills it in. */
    public @Nullable Position position() {
        return position;
    }

    /** As {@link #at}, for an error of an operation that does not know the expression it belongs to. */
    public ScriptError in(String expression, Position place) {
        if (position != null) {
            return this;
        }
        return new ScriptError(getMessage() + " (" + expression + ")", place);
    }

    /**
     * Fills the place in when it is not known yet: that of the error itself, or of the call of the function it left last.
     * Returns itself.
     */
    public ScriptError at(Position place) {
        List<Left> calls = left;
        if (position == null) {
            position = place;
        } else if (calls != null && calls.getLast().from() == null) {
            calls.set(calls.size() - 1, new Left(calls.getLast().function(), place));
        }
        return this;
    }

    /** It unwinds out of a function, event or hook body. Returns itself. */
    public ScriptError leave(String function) {
        if (left == null) {
            left = new ArrayList<>(4);
        }
        if (left.size() < MOST_CALLS) {
            left.add(new Left(function, null));
        }
        return this;
    }

    /** The bodies it has unwound, innermost first; of a deep recursion the innermost. */
    public List<Left> left() {
        List<Left> calls = left;
        return calls == null ? List.of() : List.copyOf(calls);
    }
}
