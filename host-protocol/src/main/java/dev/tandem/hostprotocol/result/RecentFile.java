package dev.tandem.hostprotocol.result;

import dev.tandem.core.storage.WholeFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps {@link RecentLines} of the journal's files that are gone. */
record RecentFile(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(RecentFile.class);
    private static final int LONGEST_BATCH = 1 << 24;

    /** Stores it, synced: what it stands for can be deleted then. */
    void save(RecentLines recent) throws IOException {
        WholeFile.writeSynced(file, content -> {
            DataOutputStream out = new DataOutputStream(content);
            for (var entry : recent.all().entrySet()) {
                for (long[] batch : entry.getValue()) {
                    out.writeLong(entry.getKey().node());
                    out.writeBoolean(entry.getKey().status());
                    out.writeInt(batch.length);
                    for (long hash : batch) {
                        out.writeLong(hash);
                    }
                }
            }
            out.flush();
        });
    }

    /** Nothing when there is none; what can be read of one that is broken. */
    void loadInto(RecentLines recent) {
        if (!Files.exists(file)) {
            return;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            while (true) {
                RecentLines.Source source = new RecentLines.Source(in.readLong(), in.readBoolean());
                int count = in.readInt();
                if (count < 0 || count > LONGEST_BATCH) {
                    throw new IOException("not a file of recent lines");
                }
                long[] batch = new long[count];
                for (int i = 0; i < count; i++) {
                    batch[i] = in.readLong();
                }
                recent.add(source, batch);
            }
        } catch (EOFException e) {
            LOG.debug("{} is read", file, e);
        } catch (IOException e) {
            LOG.warn("{}: cannot be read, lines that come again may be taken twice: {}", file, e.toString());
        }
    }
}
