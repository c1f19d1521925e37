package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.AddressText;
import dev.tandem.script.runtime.FileValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.source.LoadPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Files and directories. */
public final class FileFunctions {
    private FileFunctions() {}

    private static ScriptFiles files(ScriptContext ctx) {
        return ctx.service(ScriptFiles.class);
    }

    @Bif(value = "open", type = "function(f: string): file")
    public static FileValue open(ScriptContext ctx, Bytes f) {
        return open(ctx, f, false);
    }

    @Bif(value = "open_for_append", type = "function(f: string): file")
    public static FileValue openForAppend(ScriptContext ctx, Bytes f) {
        return open(ctx, f, true);
    }

    /** A file that cannot be opened is reported, and the script gets a closed one. */
    private static FileValue open(ScriptContext ctx, Bytes name, boolean append) {
        try {
            return files(ctx).open(name, append);
        } catch (IOException | InvalidPathException e) {
            ctx.reporter().error("can't open " + name.utf8() + ": " + reason(e), null);
            FileValue closed = new FileValue(name.utf8(), OutputStream.nullOutputStream());
            closed.close();
            return closed;
        }
    }

    /** In the words of strerror. */
    static String reason(Exception e) {
        return switch (e) {
            case NoSuchFileException x -> "No such file or directory";
            case AccessDeniedException x -> "Permission denied";
            case FileAlreadyExistsException x -> "File exists";
            case DirectoryNotEmptyException x -> "Directory not empty";
            case NotDirectoryException x -> "Not a directory";
            case FileSystemException x -> x.getReason() == null ? String.valueOf(x.getMessage()) : x.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    @Bif(value = "close", type = "function(f: file): bool")
    public static boolean close(ScriptContext ctx, FileValue f) {
        return files(ctx).close(f);
    }

    @Bif(value = "write_file", type = "function(f: file, data: string): bool")
    public static boolean writeFile(FileValue f, Bytes data) {
        if (!f.isOpen()) {
            return false;
        }
        f.write(data);
        return true;
    }

    @Bif(value = "set_buf", type = "function(f: file, buffered: bool): any")
    public static @Nullable Object setBuf(FileValue f, boolean buffered) {
        f.buffered(buffered);
        return null;
    }

    @Bif(value = "flush_all", type = "function(): bool")
    public static boolean flushAll(ScriptContext ctx) {
        return files(ctx).flushAll();
    }

    @Bif(value = "active_file", type = "function(f: file): bool")
    public static boolean activeFile(FileValue f) {
        return f.isOpen();
    }

    @Bif(value = "get_file_name", type = "function(f: file): string")
    public static Bytes getFileName(FileValue f) {
        return Bytes.of(f.name());
    }

    @Bif(value = "enable_raw_output", type = "function(f: file): any")
    public static @Nullable Object enableRawOutput(FileValue f) {
        f.raw(true);
        return null;
    }

    /** The file that a name given to @load means; empty when there is none. */
    @Bif(value = "find_in_zeekpath", type = "function(p: string): string")
    public static Bytes findInZeekpath(ScriptContext ctx, Bytes p) {
        String name = p.utf8();
        if (name.startsWith(".") || name.startsWith("/")) {
            ctx.reporter().error("find_in_zeek_path: path must be relative or absolute", null);
            return Bytes.EMPTY;
        }
        try {
            Path found = ctx.service(LoadPath.class).find(name, null);
            return found == null ? Bytes.EMPTY : Bytes.of(found.toString());
        } catch (InvalidPathException e) {
            return Bytes.EMPTY;
        }
    }

    @Bif(value = "file_size", type = "function(f: string): double")
    public static double fileSize(ScriptContext ctx, Bytes f) {
        try {
            return Files.size(files(ctx).path(f));
        } catch (IOException | InvalidPathException e) {
            return -1;
        }
    }

    @Bif(value = "mkdir", type = "function(f: string): bool")
    public static boolean mkdir(ScriptContext ctx, Bytes f) {
        try {
            Path path = files(ctx).path(f);
            if (!Files.isDirectory(path)) {
                Files.createDirectory(path);
            }
            return true;
        } catch (IOException | InvalidPathException e) {
            return warned(ctx, "cannot create directory '" + f.utf8() + "': " + reason(e));
        }
    }

    private static boolean warned(ScriptContext ctx, String message) {
        ctx.reporter().warning(message, null);
        return false;
    }

    @Bif(value = "rmdir", type = "function(d: string): bool")
    public static boolean rmdir(ScriptContext ctx, Bytes d) {
        try {
            Path path = files(ctx).path(d);
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new NotDirectoryException(d.utf8());
            }
            Files.delete(path);
            return true;
        } catch (IOException | InvalidPathException e) {
            return warned(ctx, "cannot remove directory '" + d.utf8() + "': " + reason(e));
        }
    }

    @Bif(value = "unlink", type = "function(f: string): bool")
    public static boolean unlink(ScriptContext ctx, Bytes f) {
        try {
            Path path = files(ctx).path(f);
            if (Files.isDirectory(path)) {
                return warned(ctx, "cannot unlink file '" + f.utf8() + "': Is a directory");
            }
            Files.delete(path);
            return true;
        } catch (IOException | InvalidPathException e) {
            return warned(ctx, "cannot unlink file '" + f.utf8() + "': " + reason(e));
        }
    }

    @Bif(value = "rename", type = "function(src_f: string, dst_f: string): bool")
    public static boolean rename(ScriptContext ctx, Bytes from, Bytes to) {
        try {
            Files.move(files(ctx).path(from), files(ctx).path(to), StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException | InvalidPathException e) {
            return warned(ctx, "cannot rename file '" + from.utf8() + "' to '" + to.utf8() + "': " + reason(e));
        }
    }

    @Bif(value = "rotate_file", type = "function(f: file): rotate_info")
    public static RecordValue rotateFile(ScriptContext ctx, FileValue f) {
        f.flush();
        return rotated(ctx, Bytes.of(f.name()), f);
    }

    @Bif(value = "rotate_file_by_name", type = "function(f: string): rotate_info")
    public static RecordValue rotateFileByName(ScriptContext ctx, Bytes f) {
        return rotated(ctx, f, null);
    }

    /** Moves a file aside and begins a new one under its name; an empty record when that fails. */
    private static RecordValue rotated(ScriptContext ctx, Bytes name, @Nullable FileValue open) {
        RecordValue info = Declared.record(ctx, "rotate_info");
        double now = ctx.networkTime();
        String aside = String.format(
                Locale.ROOT,
                "%s.%d.%.6f.tmp",
                name.utf8(),
                ProcessHandle.current().pid(),
                now);
        boolean moved = false;
        try {
            Path path = files(ctx).path(name);
            Files.move(path, files(ctx).path(Bytes.of(aside)));
            if (open == null) {
                Files.createFile(path);
            } else {
                open.reopen(Files.newOutputStream(path));
            }
            moved = true;
        } catch (IOException | InvalidPathException e) {
            ctx.reporter().error("rotate_file: can't move " + name.utf8() + " to " + aside + ": " + reason(e), null);
        }
        info.set(0, moved ? name : Bytes.EMPTY);
        info.set(1, moved ? Bytes.of(aside) : Bytes.EMPTY);
        info.set(2, moved ? now : 0.0);
        info.set(3, moved ? now : 0.0);
        return info;
    }

    /** How long until the next rotation at multiples of the interval, counted from log_rotate_base_time if that is set. */
    @Bif(value = "calc_next_rotate", type = "function(i: interval): interval")
    public static double calcNextRotate(ScriptContext ctx, double i) {
        double interval = i;
        if (interval == 0) {
            ctx.reporter().error("calc_next_rotate(): interval is zero, falling back to 24hrs", null);
            interval = 86400;
        }
        double now = ctx.networkTime();
        Bytes base = ctx.global("log_rotate_base_time") instanceof Bytes b ? b : Bytes.EMPTY;
        String[] clock = base.latin1().split(":", 2);
        if (clock.length < 2) {
            if (!base.isEmpty()) {
                ctx.reporter().error("calc_next_rotate(): can't parse rotation base time", null);
            }
            return Math.floor(now / interval) * interval + interval - now;
        }
        double offset = AddressText.atoi(clock[0]) * 3600.0 + AddressText.atoi(clock[1]) * 60.0;
        double startOfDay = TimeText.local((long) now)
                .toLocalDate()
                .atStartOfDay(TimeText.zone())
                .toEpochSecond();
        double wait = startOfDay + offset + Math.ceil((now - startOfDay - offset) / interval) * interval - now;
        return wait > 0 ? wait : interval;
    }

    @Bif(value = "compress_path", type = "function(dir: string): string", pure = true)
    public static Bytes compressPath(Bytes dir) {
        return Bytes.latin1(PathText.normalize(dir.latin1()));
    }

    private static final String LETTERS = "rwxrwxrwx";

    /** Permission bits as ls shows them. */
    @Bif(value = "file_mode", type = "function(mode: count): string", pure = true)
    public static Bytes fileMode(long mode) {
        byte[] out = new byte[9];
        for (int i = 0; i < 9; i++) {
            out[i] = (byte) ((mode >> 8 - i & 1) == 1 ? LETTERS.charAt(i) : '-');
        }
        special(out, 2, (mode & 04000) != 0, 's');
        special(out, 5, (mode & 02000) != 0, 's');
        special(out, 8, (mode & 01000) != 0, 't');
        return Bytes.wrap(out);
    }

    private static void special(byte[] out, int at, boolean on, char letter) {
        if (on) {
            out[at] = (byte) (out[at] == 'x' ? letter : Character.toUpperCase(letter));
        }
    }
}
