package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FileValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The files that one engine's scripts have open. An engine offers it as a service; engine thread. */
public final class ScriptFiles {
    private final FileValue standardOutput;
    private final Path directory;
    private final List<FileValue> open = new ArrayList<>();

    /**
     * @param standardOutput what {@code print} without a file writes to
     * @param directory what relative names are relative to
     */
    public ScriptFiles(OutputStream standardOutput, Path directory) {
        this.standardOutput = FileValue.shared("-", standardOutput);
        this.directory = directory;
        open.add(this.standardOutput);
    }

    public FileValue standardOutput() {
        return standardOutput;
    }

    /** A name as scripts give it, as a path. */
    public Path path(Bytes name) {
        return directory.resolve(name.utf8());
    }

    /**
     * Opens a file for writing, created when it is not there.
     *
     * @throws IOException when it cannot be opened
     */
    public FileValue open(Bytes name, boolean append) throws IOException {
        String text = name.utf8();
        if (text.equals("-") || text.equals("/dev/stdout")) {
            return standardOutput;
        }
        OutputStream out = text.equals("/dev/stderr")
                ? System.err
                : Files.newOutputStream(
                        path(name),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
        FileValue file = new FileValue(text, out);
        open.add(file);
        return file;
    }

    /** Closes a file; false when it was closed before or could not be written out. */
    public boolean close(FileValue file) {
        if (file == standardOutput) {
            return file.flush();
        }
        open.remove(file);
        return file.close();
    }

    /** Flushes all of them; false when one failed. */
    public boolean flushAll() {
        boolean all = true;
        for (FileValue f : open) {
            all &= !f.isOpen() || f.flush();
        }
        return all;
    }

    /** Closes all but standard output, which is flushed: at the end of the engine. */
    public void closeAll() {
        for (FileValue f : List.copyOf(open)) {
            close(f);
        }
    }
}
