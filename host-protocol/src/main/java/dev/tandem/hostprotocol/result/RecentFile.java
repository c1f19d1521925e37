package dev.tandem.hostprotocol.result;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps {@link RecentLines} of the journal's files that are gone. */
record RecentFile(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(RecentFile.class);
    private static final int LONGEST_BATCH = 1 << 24;

    /** Stores it, synced: what it stands for can be deleted then. */
    void save(RecentLines recent) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                        draft,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16))) {
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
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(file.toAbsolutePath().getParent());
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
