package dev.tandem.script.runtime;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.types.FileType;
import dev.tandem.script.types.Types;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** An open file that scripts print to. Engine thread. */
public final class FileValue {
    private static final FileType STRING_FILE = new FileType(Types.STRING);

    private final String name;
    private @Nullable OutputStream out;
    private boolean raw;
    private boolean unbuffered;
    private long written;

    /** @param out where it writes; buffered here */
    public FileValue(String name, OutputStream out) {
        this.name = name;
        this.out = new BufferedOutputStream(out, 8192);
    }

    /** A file that hands on at once what it is given, to a stream that others write to as well. */
    public static FileValue shared(String name, OutputStream out) {
        FileValue file = new FileValue(name, out);
        file.out = out;
        return file;
    }

    public FileType type() {
        return STRING_FILE;
    }

    public String name() {
        return name;
    }

    public boolean isOpen() {
        return out != null;
    }

    /** Bytes written so far. */
    public long size() {
        return written;
    }

    /** Whether print writes values as they are, without escapes and line ends ({@code &raw_output}). */
    public boolean isRaw() {
        return raw;
    }

    public void raw(boolean on) {
        raw = on;
    }

    /** Whether bytes may wait before they are written out; at first they may. */
    public void buffered(boolean on) {
        unbuffered = !on;
        if (!on) {
            flush();
        }
    }

    /** Closes what it wrote to and goes on with another stream. */
    public void reopen(OutputStream newOut) {
        close();
        out = new BufferedOutputStream(newOut, 8192);
    }

    /** @throws ScriptError when the file is closed or cannot be written */
    public void write(Bytes text) {
        OutputStream o = out;
        if (o == null) {
            throw new ScriptError("file " + name + " is closed");
        }
        try {
            o.write(text.array());
            written += text.length();
            if (unbuffered) {
                o.flush();
            }
        } catch (IOException e) {
            throw new ScriptError("cannot write to " + name + ": " + e.getMessage());
        }
    }

    /** False when it could not be flushed. */
    public boolean flush() {
        OutputStream o = out;
        if (o == null) {
            return false;
        }
        try {
            o.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** False when it was closed before or its last bytes could not be written. */
    public boolean close() {
        OutputStream o = out;
        if (o == null) {
            return false;
        }
        out = null;
        try {
            o.close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
