package dev.tandem.script.log;

import dev.tandem.core.log.LeftoverLog;
import dev.tandem.core.log.RotationPolicy;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.EnumValue;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** When logs rotate (zeek {@code src/logging/Manager.cc}, Rotate); {@link RotationHooks} has what scripts add to it. */
final class LogRotation {
    private final ScriptContext context;
    private final ZoneId zone;
    private final RotationHooks hooks;

    /** @param zone the one that times of day are in */
    LogRotation(ScriptContext context, ZoneId zone) {
        this.context = context;
        this.zone = zone;
        hooks = new RotationHooks(context, zone);
    }

    /** What a writer is told of a log's rotation. */
    RotationPolicy policy(double interval, @Nullable FuncValue own) {
        FuncValue postprocessor = own != null ? own : hooks.defaultPostprocessor();
        return new RotationPolicy(
                interval, interval > 0 ? baseSeconds() : -1, postprocessor == null ? "" : postprocessor.name());
    }

    /** Sets when a log just opened rotates; while there is no network time that is as soon as there is one. */
    void schedule(OpenLog log) {
        if (!log.rotates()) {
            return;
        }
        double now = context.networkTime();
        if (now == 0) {
            log.nextRotation = 0;
            return;
        }
        if (log.openTime == 0) {
            log.openTime = now;
        }
        log.nextRotation = next(now, log.rotationInterval, baseSeconds(), zone);
    }

    /** Rotates a log whose time has come. */
    void rotateIfDue(OpenLog log, double until) {
        if (log.nextRotation > until) {
            return;
        }
        if (log.nextRotation > 0) {
            double now = context.networkTime();
            rotate(log, now, false);
            log.openTime = now;
        }
        schedule(log);
    }

    /** Moves what was written so far to its final name. */
    void rotate(OpenLog log, double networkTime, boolean terminating) {
        if (log.writer != null && log.openTime > 0) {
            String target = hooks.target(rotated(log, log.openTime, networkTime, terminating));
            log.writer.rotate(target, log.openTime, networkTime, terminating);
        }
    }

    /** Tells the log's postprocessor of a rotated file. */
    void postprocess(OpenLog log, String file, double openTime, double closeTime, boolean terminating) {
        hooks.tell(rotated(log, openTime, closeTime, terminating), file);
    }

    private RotationHooks.Rotated rotated(OpenLog log, double open, double close, boolean terminating) {
        FuncValue own = log.postprocessor;
        FuncValue postprocessor = own != null ? own : hooks.defaultPostprocessor();
        return new RotationHooks.Rotated(log.key.writer(), log.schema.path(), postprocessor, open, close, terminating);
    }

    /** Finishes the log of a run that died. */
    void rotate(LeftoverLog log, EnumValue writer) {
        FuncValue postprocessor = hooks.defaultPostprocessor();
        if (!log.postprocessor().isEmpty()) {
            FuncValue named = hooks.postprocessor(log.postprocessor());
            if (named == null) {
                context.reporter()
                        .warning(
                                "Could not postprocess log '" + log.file()
                                        + "' with intended postprocessor function '" + log.postprocessor()
                                        + "', proceeding  with the default function",
                                null);
            } else {
                postprocessor = named;
            }
        }
        RotationHooks.Rotated rotated =
                new RotationHooks.Rotated(writer, log.path(), postprocessor, log.openTime(), log.closeTime(), false);
        try {
            String file = log.rotate(hooks.target(rotated));
            if (hooks.tell(rotated, file)) {
                context.reporter()
                        .info("Rotated/postprocessed leftover log '" + log.file() + "' -> '" + file + "' ", null);
            }
        } catch (IOException e) {
            context.reporter()
                    .error(
                            "Found leftover/unprocessed log '" + log.file() + "', but failed to rotate it: "
                                    + e.getMessage(),
                            null);
        }
    }

    private int baseSeconds() {
        String base = context.global("log_rotate_base_time") instanceof Bytes b ? b.utf8() : "";
        if (base.isEmpty()) {
            return -1;
        }
        String[] parts = base.split(":", -1);
        try {
            return parts.length == 2 ? Integer.parseInt(parts[0]) * 3600 + Integer.parseInt(parts[1]) * 60 : -1;
        } catch (NumberFormatException e) {
            context.reporter().error("calc_next_rotate(): can't parse rotation base time", null);
            return -1;
        }
    }

    /**
     * The next time of rotation: a multiple of the interval, counted from a time of day.
     *
     * @param base seconds of the day; negative counts from 1970 instead
     */
    static double next(double now, double interval, int base, ZoneId zone) {
        if (base < 0) {
            return Math.floor(now / interval) * interval + interval;
        }
        double day = Instant.ofEpochSecond((long) now)
                .atZone(zone)
                .toLocalDate()
                .atStartOfDay(zone)
                .toEpochSecond();
        double due = day + base + Math.ceil((now - day - base) / interval) * interval;
        return due > now ? due : now + interval;
    }
}
