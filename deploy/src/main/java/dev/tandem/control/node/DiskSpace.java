package dev.tandem.control.node;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The disk that a path is on.
 *
 * @param name of the device; where it cannot be had, the path that was asked for
 * @param device its number: equal for all paths on the same disk
 * @param total bytes, 0 when not known
 * @param usable bytes that this user may still write
 * @param free bytes, those kept for root among them
 */
public record DiskSpace(String name, long device, long total, long usable, long free) {

    /** Finds the disk of a path. */
    @FunctionalInterface
    interface Stores {
        FileStore of(Path path) throws IOException;
    }

    /** @param path exists */
    public static DiskSpace of(Path path) throws IOException {
        return of(path, Files::getFileStore);
    }

    static DiskSpace of(Path path, Stores stores) throws IOException {
        long device = (Long) Files.getAttribute(path, "unix:dev");
        FileStore store;
        try {
            store = stores.of(path);
        } catch (IOException e) {
            // The JDK looks for a mount point above the path; the root of a chroot need not be one.
            File file = path.toFile();
            return new DiskSpace(
                    path.toString(), device, file.getTotalSpace(), file.getUsableSpace(), file.getFreeSpace());
        }
        return new DiskSpace(
                store.name(), device, store.getTotalSpace(), store.getUsableSpace(), store.getUnallocatedSpace());
    }

    /** Percent of it that is written. */
    public double used() {
        return total == 0 ? 0 : 100.0 * (total - free) / total;
    }

    /** Percent of it that this user cannot write any more. */
    public double unusable() {
        return total == 0 ? 0 : 100.0 * (total - usable) / total;
    }
}
