package dev.tandem.script.log;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.record.SlotRecord;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.RecordPromotion;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The script functions of rotation: {@code Log::rotation_format_func} names rotated files, postprocessors are told of them
 * (zeek {@code src/logging/Manager.cc}, FormatRotationPath and FinishedRotation).
 */
final class RotationHooks {
    private static final String DEFAULT_POSTPROCESSOR = "Log::__default_rotation_postprocessor";
    private static final DateTimeFormatter FALLBACK = DateTimeFormatter.ofPattern("yy-MM-dd_HH.mm.ss");

    /**
     * One file that is rotated.
     *
     * @param postprocessor to be told of it; null for nobody
     * @param open seconds since 1970, like {@code close}
     */
    record Rotated(
            EnumValue writer,
            String path,
            @Nullable FuncValue postprocessor,
            double open,
            double close,
            boolean terminating) {}

    private final ScriptContext context;
    private final ZoneId zone;

    /** @param zone the one that times of day are in */
    RotationHooks(ScriptContext context, ZoneId zone) {
        this.context = context;
        this.zone = zone;
    }

    /** What logs are given whose filter has none. */
    @Nullable
    FuncValue defaultPostprocessor() {
        return context.global(DEFAULT_POSTPROCESSOR) instanceof FuncValue f ? f : null;
    }

    /** A postprocessor by name; null when there is no such function or it is none. */
    @Nullable
    FuncValue postprocessor(String name) {
        FuncValue known = defaultPostprocessor();
        return context.global(name) instanceof FuncValue f && known != null && takesTheSame(f.type(), known.type())
                ? f
                : null;
    }

    private static boolean takesTheSame(FuncType a, FuncType b) {
        return a.params().size() == 1
                && RecordPromotion.sameType(
                        a.params().field(0).type(), b.params().field(0).type())
                && RecordPromotion.sameType(a.yield(), b.yield());
    }

    /** Path of the rotated file without suffix; its directory is made. What scripts get wrong is replaced. */
    String target(Rotated file) {
        RecordValue answer = null;
        try {
            answer = ask(file);
        } catch (ScriptError e) {
            context.reporter().scriptError(e, null);
        }
        if (answer == null) {
            String name = file.path + "-"
                    + FALLBACK.format(Instant.ofEpochSecond((long) file.open).atZone(zone));
            context.reporter()
                    .error(
                            "Failed to call Log::rotation_format_func for path " + file.path
                                    + " continuing with rotation to: ./" + name,
                            null);
            return name;
        }
        Fields f = new Fields(answer);
        String directory = f.get("dir") instanceof Bytes b ? b.utf8() : "";
        if (directory.isEmpty() && context.global("Log::default_logdir") instanceof Bytes b) {
            directory = b.utf8();
        }
        String name = f.text("file_basename");
        return directory.isEmpty() || !exists(directory, file.path) ? name : directory + "/" + name;
    }

    private @Nullable RecordValue ask(Rotated file) {
        if (!(context.global("Log::rotation_format_func") instanceof FuncValue function)
                || !(context.type("Log::RotationFmtInfo") instanceof RecordType type)) {
            return null;
        }
        SlotRecord info = info(type, file);
        info.set(type.slot("postprocessor"), file.postprocessor);
        return (RecordValue) function.call(info);
    }

    private boolean exists(String directory, String path) {
        try {
            Files.createDirectories(Path.of(directory));
            return true;
        } catch (IOException | InvalidPathException e) {
            context.reporter()
                    .error(
                            "Failed to create dir '" + directory
                                    + "' returned by Log::rotation_format_func for path " + path + ": "
                                    + e.getMessage(),
                            null);
            return false;
        }
    }

    /**
     * Tells the postprocessor.
     *
     * @param name what the file is called now
     * @return false when it failed, with a message why
     */
    boolean tell(Rotated file, String name) {
        FuncValue function = file.postprocessor;
        if (function == null || !(context.type("Log::RotationInfo") instanceof RecordType type)) {
            return true;
        }
        SlotRecord info = info(type, file);
        info.set(type.slot("fname"), Bytes.of(name));
        try {
            function.call(info);
            return true;
        } catch (ScriptError e) {
            context.reporter().scriptError(e, null);
            return false;
        }
    }

    private static SlotRecord info(RecordType type, Rotated file) {
        SlotRecord info = new SlotRecord(type);
        info.set(type.slot("writer"), file.writer);
        info.set(type.slot("path"), Bytes.of(file.path));
        info.set(type.slot("open"), file.open);
        info.set(type.slot("close"), file.close);
        info.set(type.slot("terminating"), file.terminating);
        return info;
    }
}
