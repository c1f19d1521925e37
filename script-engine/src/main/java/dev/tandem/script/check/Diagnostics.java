package dev.tandem.script.check;

import dev.tandem.script.source.Position;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a set of scripts; each message once. */
public final class Diagnostics {
    private final Consumer<Diagnostic> listener;
    private boolean failed;
    private boolean lost;
    private final Set<String> seen = new LinkedHashSet<>();
    private int silenced;

    /** @param listener gets each message as it comes up */
    public Diagnostics(Consumer<Diagnostic> listener) {
        this.listener = listener;
    }

    public void error(Position at, String message) {
        error(at, message, null);
    }

    public void error(Position at, String message, @Nullable String hint) {
        if (!lost && silenced == 0) {
            failed = true;
            report(new Diagnostic(Diagnostic.Severity.ERROR, at, message, hint));
        }
    }

    /** After this only more of its kind are reported: other errors would follow from it. */
    public void fatal(Position at, String message) {
        failed = true;
        lost = true;
        report(new Diagnostic(Diagnostic.Severity.FATAL, at, message, null));
    }

    public void warning(Position at, String message) {
        if (!lost && silenced == 0) {
            report(new Diagnostic(Diagnostic.Severity.WARNING, at, message, null));
        }
    }

    private void report(Diagnostic d) {
        if (seen.add(d.plain())) {
            listener.accept(d);
        }
    }

    /** Reports nothing until {@link #loud()}: for trying whether something would fit. */
    public void quiet() {
        silenced++;
    }

    public void loud() {
        silenced--;
    }

    public boolean hasErrors() {
        return failed;
    }
}
