package dev.tandem.core.file;

import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.event.EventType;
import dev.tandem.core.record.RecordLayout;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file's content to disk, up to a limit that scripts may raise when it is met (zeek {@code
 * src/file_analysis/analyzer/extract/Extract.cc}). What is missing becomes a hole.
 */
public final class ExtractFileAnalyzer implements FileAnalyzer {
    private final FileAnalysis file;
    private final RecordValue args;
    private final EventType limitMet;
    private final Consumer<String> errors;
    private final String name;
    private final boolean countsMissing;
    private long limit;
    private long written;
    private @Nullable FileChannel out;

    private ExtractFileAnalyzer(
            FileAnalysis file, RecordValue args, EventType limitMet, Consumer<String> errors, String name) {
        this.file = file;
        this.args = args;
        this.limitMet = limitMet;
        this.errors = errors;
        this.name = name;
        limit = value(args, "extract_limit") instanceof Long n ? n : 0;
        countsMissing = value(args, "extract_limit_includes_missing") instanceof Boolean b && b;
        try {
            out = FileChannel.open(
                    Path.of(name),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
        } catch (IOException | InvalidPathException e) {
            errors.accept("cannot open " + name + ": " + e);
        }
    }

    /** Makes them. @param errors gets what cannot be written, and why */
    public static FileAnalyzers.Factory factory(EventRegistry events, Consumer<String> errors) {
        EventType limitMet = events.event("file_extraction_limit");
        return (file, args) -> value(args, "extract_filename") instanceof Bytes name && !name.isEmpty()
                ? new ExtractFileAnalyzer(file, args, limitMet, errors, name.utf8())
                : null;
    }

    private static @Nullable Object value(RecordValue args, String field) {
        RecordLayout layout = args.layout();
        int slot = layout.slot(field);
        return slot < 0 ? null : args.get(slot);
    }

    /** At most so many bytes from now on; 0 is no limit. */
    public void limit(long bytes) {
        limit = bytes;
    }

    /** How many of so many bytes may be written; asks the scripts when not all may. */
    private long allowed(long bytes) {
        if (rest(bytes) < bytes && limitMet.wanted()) {
            file.raiseNow(limitMet, args, limit, bytes);
        }
        return rest(bytes);
    }

    private long rest(long bytes) {
        return limit == 0 ? bytes : Math.max(0, Math.min(bytes, limit - written));
    }

    @Override
    public boolean stream(byte[] data, int from, int to) {
        FileChannel channel = out;
        if (channel == null) {
            return false;
        }
        int length = (int) allowed(to - from);
        try {
            ByteBuffer bytes = ByteBuffer.wrap(data, from, length);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            errors.accept("failed to write to extracted file " + name + ": " + e.getMessage());
            close();
            return false;
        }
        written += length;
        return length == to - from;
    }

    @Override
    public boolean gap(long offset, long bytes) {
        FileChannel channel = out;
        if (channel == null) {
            return false;
        }
        if (countsMissing) {
            if (allowed(bytes) < bytes) {
                return false;
            }
            written += bytes;
        }
        try {
            channel.position(offset + bytes);
            return true;
        } catch (IOException e) {
            errors.accept("failed to seek in extracted file " + name + ": " + e.getMessage());
            close();
            return false;
        }
    }

    @Override
    public void close() {
        FileChannel channel = out;
        out = null;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                errors.accept("cannot close " + name + ": " + e.getMessage());
            }
        }
    }
}
