package dev.tandem.script.input;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, one char a byte, without their ends ({@code \n} or {@code \r\n}). A file that has ended may be
 * asked again: what was added since comes then.
 */
final class LineFile implements Closeable {
    private final InputStream in;
    private final StringBuilder text = new StringBuilder();
    private int number;

    LineFile(Path file) throws IOException {
        in = new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16);
    }

    /** The number of the last line, from 1; 0 before the first. */
    int number() {
        return number;
    }

    /** Null at the end of the file. A last line without its end counts as one. */
    @Nullable
    String next() throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        text.setLength(0);
        for (; c >= 0 && c != '\n'; c = in.read()) {
            text.append((char) c);
        }
        int last = text.length() - 1;
        if (last >= 0 && text.charAt(last) == '\r') {
            text.setLength(last);
        }
        number++;
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
