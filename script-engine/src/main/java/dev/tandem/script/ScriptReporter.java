package dev.tandem.script;

import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventType;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.source.Position;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages of running scripts: to standard error in Zeek's wording (zeek {@code src/Reporter.cc}, DoLog), and as {@code
 * reporter_*} events once zeek_init is raised. Until that is done all of them are printed; then {@code
 * Reporter::*_to_stderr} decide.
 */
final class ScriptReporter implements Reporter {
    private final ScriptContext context;
    private final PrintStream err;
    private final BooleanSupplier hasTraffic;
    private final ErrorRepetition repetition = new ErrorRepetition();
    private boolean raisesEvents;
    private boolean showsStacks;
    private boolean initialized;
    private int initialErrors;

    /** @param hasTraffic whether network time comes from packets: only then do messages begin with it */
    ScriptReporter(ScriptContext context, PrintStream err, BooleanSupplier hasTraffic) {
        this.context = context;
        this.err = err;
        this.hasTraffic = hasTraffic;
    }

    /** Whether errors of running scripts tell which calls they came out of. */
    void showStacks(boolean on) {
        showsStacks = on;
    }

    /** From now on messages are events as well. */
    void raiseEvents() {
        raisesEvents = true;
    }

    /** From now on scripts decide what is printed. */
    void initialized() {
        initialized = true;
    }

    /** Errors before {@link #initialized}. */
    int initialErrors() {
        return initialErrors;
    }

    @Override
    public void info(String message, @Nullable Position at) {
        tell("", "info_to_stderr", "reporter_info", message, at);
    }

    @Override
    public void warning(String message, @Nullable Position at) {
        tell("warning", "warnings_to_stderr", "reporter_warning", message, at);
    }

    @Override
    public void error(String message, @Nullable Position at) {
        tell("error", "errors_to_stderr", "reporter_error", message, at);
    }

    @Override
    public void expressionWarning(String message, @Nullable Position at) {
        tell("expression warning", "warnings_to_stderr", "reporter_warning", message, at);
    }

    @Override
    public void scriptError(ScriptError e, @Nullable Position otherwise) {
        Position known = e.position();
        Position at = known != null ? known : otherwise;
        String times = repetition.count(at == null ? Position.NONE : at);
        if (times == null) {
            return;
        }
        String text = e.getMessage() + times;
        tell(e.kind(), "errors_to_stderr", "reporter_error", text, at);
        if (showsStacks && isPrinted("errors_to_stderr")) {
            for (ScriptError.Left left : e.left()) {
                Position from = left.from();
                err.println("  in " + left.function() + (from == null ? "" : ", called from " + from));
            }
        }
    }

    private boolean isPrinted(String option) {
        return !initialized || !Boolean.FALSE.equals(context.global("Reporter::" + option));
    }

    /** What ends the process; no event. */
    void fatal(String message) {
        err.println(time(context.networkTime()) + prefix("fatal error", "") + message);
    }

    private void tell(String what, String option, String event, String text, @Nullable Position at) {
        if (!initialized && event.equals("reporter_error")) {
            initialErrors++;
        }
        double now = context.networkTime();
        String place = at == null || at.line() == 0 ? "" : at.toString();
        if (isPrinted(option)) {
            err.println(time(now) + prefix(what, place) + text);
        }
        EventType type = context.eventTypes().event(event);
        EventQueue queue = context.events();
        if (raisesEvents && type.wanted() && !isOwn(queue.running())) {
            queue.add(type, now > 0 ? now : System.currentTimeMillis() / 1e3, Bytes.of(text), Bytes.of(place));
        }
    }

    /** A message out of a handler of messages is no event: it would come round again and again. */
    private static boolean isOwn(@Nullable EventType running) {
        return running != null && running.name().startsWith("reporter_");
    }

    private String time(double now) {
        boolean isControlled = Boolean.FALSE.equals(context.global("allow_network_time_forward"));
        return now > 0 && (isControlled || hasTraffic.getAsBoolean()) ? String.format(Locale.ROOT, "%.6f ", now) : "";
    }

    private static String prefix(String what, String place) {
        if (what.isEmpty()) {
            return place.isEmpty() ? "" : place + ": ";
        }
        return what + (place.isEmpty() ? "" : " in " + place) + ": ";
    }
}
