package dev.tandem.control.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Held by the one command that changes a prefix. Commands that only look never take it. The system frees it when its holder
 * dies, so it is never stale.
 */
public final class SiteLock implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final FileChannel channel;

    private SiteLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a prefix.
     *
     * @param patience how long to wait for its holder
     * @return null when it was held all that time
     */
    public static @Nullable SiteLock take(Site site, Duration patience) throws IOException, InterruptedException {
        return take(site.spool().resolve("lock"), patience);
    }

    /** @param file that stands for the lock; made if it is not there */
    static @Nullable SiteLock take(Path file, Duration patience) throws IOException, InterruptedException {
        Files.createDirectories(file.getParent());
        long end = System.nanoTime() + patience.toNanos();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        while (true) {
            if (tryLock(channel) != null) {
                channel.truncate(0);
                channel.write(java.nio.ByteBuffer.wrap(
                        (ProcessHandle.current().pid() + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
                return new SiteLock(channel);
            }
            if (System.nanoTime() - end >= 0) {
                channel.close();
                return null;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held in this very process
        }
    }

    /** The process that holds it, for a message. */
    public static String holder(Site site) {
        try {
            return Files.readString(site.spool().resolve("lock")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
