package dev.tandem.script.input;

import dev.tandem.core.value.Bytes;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file in pieces of {@code InputBinary::chunk_size} bytes (zeek {@code src/input/readers/binary/Binary.cc}). */
final class BinaryReader implements Reader {
    private final ReaderJob job;
    private final ReaderFeed feed;
    private final String name;
    private final Path path;
    private final int chunkBytes;
    private @Nullable FileInputStream in;
    private @Nullable FileVersion version;

    BinaryReader(ReaderJob job, ReaderFeed feed, ReaderOptions options, Path directory) {
        this.job = job;
        this.feed = feed;
        name = SourcePath.name(job.source(), options.text("path_prefix", ""));
        path = directory.resolve(name);
        chunkBytes = Math.clamp(options.number("chunk_size", 1024), 1, 1 << 24);
    }

    @Override
    public boolean open() {
        if (!openFile()) {
            return false;
        }
        read();
        return true;
    }

    private boolean openFile() {
        try {
            version = FileVersion.of(path);
            in = new FileInputStream(path.toFile());
            return true;
        } catch (IOException e) {
            feed.error("Init: cannot open " + name);
            return false;
        }
    }

    @Override
    public boolean update() {
        if (job.mode() == ReadMode.REREAD) {
            try {
                if (FileVersion.of(path).equals(version)) {
                    return true;
                }
            } catch (IOException e) {
                feed.error("Could not get stat for " + name);
                return false;
            }
        }
        if (in == null && !openFile()) {
            return false;
        }
        read();
        return true;
    }

    private void read() {
        FileInputStream file = in;
        if (file == null) {
            return;
        }
        try {
            for (byte[] chunk = file.readNBytes(chunkBytes); chunk.length > 0; chunk = file.readNBytes(chunkBytes)) {
                if (job.mode() == ReadMode.STREAM) {
                    feed.put(Bytes.wrap(chunk));
                } else {
                    feed.entry(Bytes.wrap(chunk));
                }
            }
        } catch (IOException e) {
            feed.error("Could not read " + name + ": " + e.getMessage());
            return;
        }
        if (job.mode() != ReadMode.STREAM) {
            close();
            feed.end();
        }
    }

    @Override
    public void close() {
        Closing.quietly(in);
        in = null;
    }
}
