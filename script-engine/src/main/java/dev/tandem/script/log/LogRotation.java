package dev.tandem.script.log;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.record.SlotRecord;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.RecordType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** When logs rotate, what the rotated files are called, and who is told (zeek {@code src/logging/Manager.cc}, Rotate). */
final class LogRotation {
    private static final String DEFAULT_POSTPROCESSOR = "Log::__default_rotation_postprocessor";
    private static final DateTimeFormatter FALLBACK = DateTimeFormatter.ofPattern("yy-MM-dd_HH.mm.ss");

    private final ScriptContext context;
    private final ZoneId zone;

    /** @param zone the one that times of day are in */
    LogRotation(ScriptContext context, ZoneId zone) {
        this.context = context;
        this.zone = zone;
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
    void rotateIfDue(OpenLog log, double networkTime) {
        if (log.nextRotation > networkTime) {
            return;
        }
        if (log.nextRotation > 0) {
            rotate(log, networkTime, false);
            log.openTime = networkTime;
        }
        schedule(log);
    }

    /** Moves what was written so far to its final name. */
    void rotate(OpenLog log, double networkTime, boolean terminating) {
        if (log.writer != null && log.openTime > 0) {
            String target = target(log, networkTime, terminating);
            log.writer.rotate(target, log.openTime, networkTime, terminating);
        }
    }

    private String target(OpenLog log, double closeTime, boolean terminating) {
        RecordValue answer = null;
        try {
            answer = ask(log, closeTime, terminating);
        } catch (ScriptError e) {
            context.reporter().error(String.valueOf(e.getMessage()), e.position());
        }
        String path = log.schema.path();
        if (answer == null) {
            String name = path + "-"
                    + FALLBACK.format(Instant.ofEpochSecond((long) log.openTime).atZone(zone));
            context.reporter()
                    .error(
                            "Failed to call Log::rotation_format_func for path " + path
                                    + " continuing with rotation to: ./" + name,
                            null);
            return name;
        }
        Fields f = new Fields(answer);
        String dir = f.get("dir") instanceof Bytes b ? b.utf8() : "";
        if (dir.isEmpty() && context.global("Log::default_logdir") instanceof Bytes b) {
            dir = b.utf8();
        }
        String name = f.text("file_basename");
        return dir.isEmpty() || !exists(dir, path) ? name : dir + "/" + name;
    }

    private @Nullable RecordValue ask(OpenLog log, double closeTime, boolean terminating) {
        if (!(context.global("Log::rotation_format_func") instanceof FuncValue function)
                || !(context.type("Log::RotationFmtInfo") instanceof RecordType type)) {
            return null;
        }
        SlotRecord info = info(type, log, log.openTime, closeTime, terminating);
        info.set(type.slot("postprocessor"), postprocessor(log));
        return (RecordValue) function.call(info);
    }

    private boolean exists(String dir, String path) {
        try {
            Files.createDirectories(Path.of(dir));
            return true;
        } catch (IOException | InvalidPathException e) {
            context.reporter()
                    .error(
                            "Failed to create dir '" + dir + "' returned by Log::rotation_format_func for path " + path
                                    + ": " + e.getMessage(),
                            null);
            return false;
        }
    }

    /** Tells the log's postprocessor of a rotated file. */
    void postprocess(OpenLog log, String file, double openTime, double closeTime, boolean terminating) {
        FuncValue function = postprocessor(log);
        if (function == null || !(context.type("Log::RotationInfo") instanceof RecordType type)) {
            return;
        }
        SlotRecord info = info(type, log, openTime, closeTime, terminating);
        info.set(type.slot("fname"), Bytes.of(file));
        try {
            function.call(info);
        } catch (ScriptError e) {
            context.reporter().error(String.valueOf(e.getMessage()), e.position());
        }
    }

    private @Nullable FuncValue postprocessor(OpenLog log) {
        return log.postprocessor != null
                ? log.postprocessor
                : context.global(DEFAULT_POSTPROCESSOR) instanceof FuncValue f ? f : null;
    }

    private static SlotRecord info(RecordType type, OpenLog log, double open, double close, boolean terminating) {
        SlotRecord info = new SlotRecord(type);
        info.set(type.slot("writer"), log.key.writer());
        info.set(type.slot("path"), Bytes.of(log.schema.path()));
        info.set(type.slot("open"), open);
        info.set(type.slot("close"), close);
        info.set(type.slot("terminating"), terminating);
        return info;
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
