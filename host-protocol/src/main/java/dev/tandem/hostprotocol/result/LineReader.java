package dev.tandem.hostprotocol.result;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a text file, which may be gzipped. Bytes that are no UTF-8 become U+FFFD: osquery hands on what processes call
 * themselves. Every {@link IOException} names the file.
 */
final class LineReader implements Closeable {
    /** osquery drops longer lines at 1 MiB by default; whole snapshots may be longer. */
    static final int LONGEST = 32 << 20;

    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private int number;
    private boolean tooLong;

    LineReader(Path file) throws IOException {
        this.file = file;
        try {
            BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            this.in = open(raw);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": No such file or directory", e);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static InputStream open(BufferedInputStream raw) throws IOException {
        try {
            raw.mark(2);
            int magic = raw.read() << 8 | raw.read();
            raw.reset();
            return magic == 0x1f8b ? new GZIPInputStream(raw, 1 << 16) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** The next line without its end; null at the end of the file. Of a line longer than {@link #LONGEST} only a start. */
    @Nullable
    String next() throws IOException {
        ByteArrayOutputStream earlier = null;
        tooLong = false;
        while (true) {
            if (at == end && !fill()) {
                if (earlier == null) {
                    return null;
                }
                break;
            }
            int start = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            boolean whole = at < end;
            if (whole && earlier == null) {
                number++;
                return text(buffer, start, at++);
            }
            if (earlier == null) {
                earlier = new ByteArrayOutputStream(1 << 10);
            }
            if (earlier.size() < LONGEST) {
                earlier.write(buffer, start, at - start);
            } else {
                tooLong = true;
            }
            if (whole) {
                at++;
                break;
            }
        }
        number++;
        byte[] bytes = earlier.toByteArray();
        return text(bytes, 0, bytes.length);
    }

    Path file() {
        return file;
    }

    /** {@code file:line: } of the line that {@link #next} last gave. */
    String where() {
        return file + ":" + number + ": ";
    }

    boolean wasTooLong() {
        return tooLong;
    }

    private String text(byte[] bytes, int from, int to) {
        int last = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        String text = new String(bytes, from, last - from, StandardCharsets.UTF_8);
        return number == 1 && text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private boolean fill() throws IOException {
        try {
            at = 0;
            end = Math.max(0, in.read(buffer));
            return end > 0;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private IOException failed(IOException e) {
        String reason = e.getMessage();
        return new IOException(
                file + ": cannot be read"
                        + (reason == null
                                ? ""
                                : ": " + reason.replace(file.toString(), "").strip()),
                e);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
