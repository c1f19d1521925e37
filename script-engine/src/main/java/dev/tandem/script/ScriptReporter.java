package dev.tandem.script;

import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventType;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.Reporter;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.source.Position;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Messages of running scripts: to standard error in Zeek's wording, and as {@code reporter_*} events. */
final class ScriptReporter implements Reporter {
    private final ScriptContext context;

    ScriptReporter(ScriptContext context) {
        this.context = context;
    }

    @Override
    public void info(String message, @Nullable Position at) {
        tell("", "reporter_info", message, at);
    }

    @Override
    public void warning(String message, @Nullable Position at) {
        tell("warning", "reporter_warning", message, at);
    }

    @Override
    public void error(String message, @Nullable Position at) {
        tell("error", "reporter_error", message, at);
    }

    private void tell(String severity, String event, String message, @Nullable Position at) {
        double now = context.networkTime();
        String what = severity;
        String text = message;
        if (text.startsWith("expression error: ")) {
            what = "expression error";
            text = text.substring("expression error: ".length());
        }
        String time = now > 0 ? String.format(Locale.ROOT, "%.6f ", now) : "";
        String place = at == null || at.line() == 0 ? "" : " in " + at;
        System.err.println(time + (what.isEmpty() ? "" : what + place + ": ") + text);
        EventType type = context.eventTypes().event(event);
        if (type.wanted()) {
            EventQueue queue = context.events();
            queue.add(type, now, Bytes.of(text), Bytes.of(at == null ? "" : at.toString()));
        }
    }
}
