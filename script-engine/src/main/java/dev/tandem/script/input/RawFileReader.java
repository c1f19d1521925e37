package dev.tandem.script.input;

import dev.tandem.core.value.Bytes;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file as they are (zeek {@code src/input/readers/raw/Raw.cc}). In stream mode a file may come later, and
 * is followed when another takes its place.
 */
final class RawFileReader implements Reader {
    private final ReaderJob job;
    private final ReaderFeed feed;
    private final Path path;
    private final RecordSplitter splitter;
    private long offset;
    private @Nullable FileInputStream in;
    private @Nullable FileVersion version;

    RawFileReader(ReaderJob job, ReaderFeed feed, ReaderOptions options, Path directory) {
        this.job = job;
        this.feed = feed;
        path = directory.resolve(job.source());
        splitter = new RecordSplitter(Bytes.latin1(options.text("record_separator", "\n")));
    }

    @Override
    public boolean open() {
        String skip = job.config().get("offset");
        if (skip != null) {
            if (job.mode() == ReadMode.REREAD) {
                feed.error("Offset only is supported for MODE_STREAM and MODE_MANUAL; it is also not supported when "
                        + "executing a command");
                return false;
            }
            Long parsed = NumberText.signed(skip, feed::warning);
            offset = parsed == null ? 0 : parsed;
        }
        if (!openFile()) {
            return false;
        }
        read();
        return true;
    }

    private boolean openFile() {
        try {
            version = FileVersion.of(path);
            FileInputStream file = new FileInputStream(path.toFile());
            in = file;
            if (offset != 0) {
                // -1 is the end of the file.
                file.getChannel()
                        .position(
                                offset > 0
                                        ? offset
                                        : Math.max(0, file.getChannel().size() + offset + 1));
            }
        } catch (IOException e) {
            if (job.mode() != ReadMode.STREAM) {
                feed.error("Init: cannot open " + job.source());
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean update() {
        if (job.mode() == ReadMode.STREAM) {
            follow();
        } else {
            if (job.mode() == ReadMode.REREAD) {
                try {
                    if (FileVersion.of(path).equals(version)) {
                        return true;
                    }
                } catch (IOException e) {
                    feed.error("Could not get stat for " + job.source());
                    return false;
                }
            }
            close();
            if (!openFile()) {
                return false;
            }
        }
        read();
        return true;
    }

    /** Goes to the file that is there now; the old one was read to its end. */
    private void follow() {
        FileVersion now;
        try {
            now = FileVersion.of(path);
        } catch (IOException e) {
            return; // gone, perhaps for a moment
        }
        if (in != null && now.isSameFile(version)) {
            return;
        }
        close();
        splitter.clear();
        offset = 0;
        openFile();
    }

    private void read() {
        FileInputStream file = in;
        if (file != null) {
            try {
                splitter.read(file, r -> feed.put(r));
                splitter.finish(r -> feed.put(r));
            } catch (IOException e) {
                feed.error("Could not read " + job.source() + ": " + e.getMessage());
                return;
            }
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
