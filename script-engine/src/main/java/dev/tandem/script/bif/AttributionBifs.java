package dev.tandem.script.bif;

import dev.tandem.core.correlation.Candidate;
import dev.tandem.core.correlation.ConnectionAttributor;
import dev.tandem.core.correlation.CorrelationCounters;
import dev.tandem.core.host.ProcessInfo;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions behind the {@code Attribution} scripts: connections, and who is behind them. */
public final class AttributionBifs {
    private AttributionBifs() {}

    private static ConnectionAttributor attributor(ScriptContext context) {
        return context.service(ConnectionAttributor.class);
    }

    @Bif(value = "Attribution::__settings", type = "function(least_confidence: double): bool")
    public static boolean settings(ScriptContext context, double leastConfidence) {
        attributor(context).leastConfidence(leastConfidence);
        return true;
    }

    @Bif(value = "Attribution::__begin", type = "function(c: connection): bool")
    public static boolean begin(ScriptContext context, RecordValue c) {
        if (c instanceof ConnectionRecord connection) {
            attributor(context).begin(connection);
        }
        return true;
    }

    /** 0 when no host owns an end, 1 when rows may come that bear on it, 2 when all was told. */
    @Bif(value = "Attribution::__end", type = "function(c: connection, now: time): count")
    public static long end(ScriptContext context, RecordValue c, double now) {
        return c instanceof ConnectionRecord connection
                ? attributor(context).end(connection, now).ordinal()
                : 0;
    }

    @Bif(
            value = "Attribution::__candidates",
            type = "function(c: connection, is_orig: bool, now: time): vector of Attribution::Candidate")
    public static VectorValue candidates(ScriptContext context, RecordValue c, boolean isOriginator, double now) {
        RecordType type = type(context, "Attribution::Candidate");
        VectorValue all = new VectorValue(new VectorType(type));
        if (c instanceof ConnectionRecord connection) {
            List<Candidate> candidates = attributor(context).candidates(connection, isOriginator, now);
            for (Candidate candidate : candidates) {
                all.add(record(type, candidate));
            }
        }
        return all;
    }

    private static RecordValue record(RecordType type, Candidate c) {
        RecordValue r = Records.make(type);
        set(r, type, "host", Bytes.of(c.host()));
        set(r, type, "method", Bytes.of(c.method().label()));
        set(r, type, "confidence", c.confidence());
        if (c.pid() >= 0) {
            set(r, type, "pid", (long) c.pid());
        }
        if (!c.path().isEmpty()) {
            set(r, type, "path", Bytes.of(c.path()));
        }
        ProcessInfo p = c.process();
        if (p != null) {
            if (p.path().equals(c.path())) {
                set(r, type, "cmdline", Bytes.of(p.cmdline()));
            }
            if (p.parent() >= 0) {
                set(r, type, "parent", (long) p.parent());
            }
        }
        if (c.uid() >= 0) {
            set(r, type, "uid", c.uid());
            if (!c.user().isEmpty()) {
                set(r, type, "user", Bytes.of(c.user()));
            }
        }
        return r;
    }

    private static void set(RecordValue r, RecordType type, String field, Object value) {
        r.set(type.slot(field), value);
    }

    @Bif(value = "Attribution::__answered", type = "function(c: connection): bool")
    public static boolean answered(ScriptContext context, RecordValue c) {
        if (c instanceof ConnectionRecord connection) {
            attributor(context).answered(connection);
        }
        return true;
    }

    /** Looks now for answers that later rows have changed. */
    @Bif(value = "Attribution::__review", type = "function(): bool")
    public static boolean review(ScriptContext context) {
        attributor(context).reviewAll();
        return true;
    }

    @Bif(value = "Attribution::__stats", type = "function(): Attribution::Stats")
    public static RecordValue stats(ScriptContext context) {
        RecordType type = type(context, "Attribution::Stats");
        RecordValue r = Records.make(type);
        CorrelationCounters n = attributor(context).counters();
        set(r, type, "waiting", n.waiting());
        set(r, type, "tracked", n.tracked());
        set(r, type, "calls", n.calls());
        set(r, type, "answered", n.answered());
        set(r, type, "timed_out", n.timedOut());
        set(r, type, "revised", n.revised());
        set(r, type, "forgotten", n.forgotten());
        return r;
    }

    static RecordType type(ScriptContext context, String name) {
        return context.type(name) instanceof RecordType t ? t : missing(name);
    }

    private static RecordType missing(@Nullable String name) {
        throw new ScriptError("type " + name + " is not declared");
    }
}
