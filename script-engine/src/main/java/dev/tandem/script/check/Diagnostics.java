package dev.tandem.script.check;

import dev.tandem.script.source.Position;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells what is wrong with a set of scripts. */
public final class Diagnostics {
    private final Consumer<Diagnostic> listener;
    private boolean lost;
    private boolean ended;
    private int errors;
    private Position lastError = Position.NONE;
    private BooleanSupplier deprecationsIgnored = () -> false;
    private int silenced;

    /** @param listener gets each message as it comes up */
    public Diagnostics(Consumer<Diagnostic> listener) {
        this.listener = listener;
    }

    public void error(Position at, String message) {
        error(at, message, null);
    }

    public void error(Position at, String message, @Nullable String hint) {
        tell(new Diagnostic(Diagnostic.Severity.ERROR, at, null, message, hint));
    }

    /** {@code error in PLACE: message (text)}. */
    public void error(Mention about, String message) {
        error(about, message, (String) null);
    }

    public void error(Mention about, String message, @Nullable String hint) {
        tell(new Diagnostic(
                Diagnostic.Severity.ERROR, about.at(), about.place(), message + " (" + about.text() + ")", hint));
    }

    /** {@code error in PLACE and OTHER PLACE: message (text and other text)}. */
    public void error(Mention about, Mention other, String message) {
        error(about, other, message, null);
    }

    public void error(Mention about, Mention other, String message, @Nullable String hint) {
        tell(both(Diagnostic.Severity.ERROR, about, other, message, hint));
    }

    /** As {@link #error(Mention, Mention, String)}, but only the first is quoted. */
    public void errorAt(Mention about, Position other, String message) {
        tell(new Diagnostic(
                Diagnostic.Severity.ERROR,
                about.at(),
                other.isKnown() && !other.toString().equals(about.place())
                        ? about.place() + " and " + other
                        : about.place(),
                message + " (" + about.text() + ")",
                null));
    }

    /** {@code error in PLACE and OTHER PLACE: message}, nothing quoted. */
    public void error(Position at, Position other, String message) {
        tell(new Diagnostic(
                Diagnostic.Severity.ERROR,
                at,
                other.isKnown() && !other.equals(at) ? at + " and " + other : null,
                message,
                null));
    }

    public void warning(Position at, Position other, String message) {
        tell(new Diagnostic(
                Diagnostic.Severity.WARNING,
                at,
                other.isKnown() && !other.equals(at) ? at + " and " + other : null,
                message,
                null));
    }

    /** An expression that scripts need while they are read has no value. */
    public void evaluation(Position at, String message) {
        tell(new Diagnostic(Diagnostic.Severity.EVALUATION, at, null, message, null));
    }

    /** An error at which Zeek gives up; what follows is read all the same, so that one start shows every error. */
    public void grave(Position at, String message) {
        tell(new Diagnostic(Diagnostic.Severity.FATAL, at, null, message, null));
    }

    /** After this only more of its kind are reported: other errors would follow from it. */
    public void fatal(Position at, String message) {
        grave(at, message);
        lost = true;
    }

    /** A fatal error behind which nothing more can be read. */
    public void end(Position at, String message) {
        fatal(at, message);
        ended = true;
    }

    public void warning(Mention about, String message) {
        tell(new Diagnostic(
                Diagnostic.Severity.WARNING, about.at(), about.place(), message + " (" + about.text() + ")", null));
    }

    public void warning(Mention about, Mention other, String message) {
        tell(both(Diagnostic.Severity.WARNING, about, other, message, null));
    }

    private static Diagnostic both(
            Diagnostic.Severity severity, Mention about, Mention other, String message, @Nullable String hint) {
        return new Diagnostic(
                severity,
                about.at().isKnown() ? about.at() : other.at(),
                about.place().equals(other.place()) ? about.place() : about.place() + " and " + other.place(),
                message + " (" + about.text() + " and " + other.text() + ")",
                hint);
    }

    private void tell(Diagnostic d) {
        if (silenced > 0 || lost && d.severity() != Diagnostic.Severity.FATAL) {
            return;
        }
        if (d.severity() != Diagnostic.Severity.WARNING) {
            errors++;
            lastError = d.at();
        }
        listener.accept(d);
    }

    public void warning(Position at, String message) {
        tell(new Diagnostic(Diagnostic.Severity.WARNING, at, null, message, null));
    }

    /** Warns that something deprecated is used, unless a pragma says not to. */
    public void deprecation(Position at, String message) {
        if (!deprecationsIgnored.getAsBoolean()) {
            warning(at, message);
        }
    }

    /** Says when deprecations are not to be told. */
    public void ignoreDeprecations(BooleanSupplier now) {
        deprecationsIgnored = now;
    }

    /** Reports nothing until {@link #loud()}: for trying whether something would fit. */
    public void quiet() {
        silenced++;
    }

    public void loud() {
        silenced--;
    }

    /** Whether nothing more is to be read. */
    public boolean isEnded() {
        return ended;
    }

    /** Where the last error was told. */
    public Position lastError() {
        return lastError;
    }

    /** How many errors were told. */
    public int errors() {
        return errors;
    }

    public boolean hasErrors() {
        return errors > 0;
    }
}
