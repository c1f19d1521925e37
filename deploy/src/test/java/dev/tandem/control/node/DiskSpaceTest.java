package dev.tandem.control.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    @TempDir
    Path directory;

    @Test
    void isThatOfTheFileStore() throws IOException {
        DiskSpace disk = DiskSpace.of(directory);
        assertEquals(Files.getFileStore(directory).getTotalSpace(), disk.total());
        assertEquals(Files.getFileStore(directory).name(), disk.name());
        assertTrue(disk.usable() <= disk.free(), disk.toString());
    }

    @Test
    void withoutAMountPointTheSizesAreHadAllTheSame() throws IOException {
        DiskSpace disk = DiskSpace.of(directory, path -> {
            throw new IOException("Mount point not found");
        });
        assertEquals(directory.toString(), disk.name());
        assertEquals(DiskSpace.of(directory).total(), disk.total());
        assertEquals(DiskSpace.of(directory).device(), disk.device());
        assertTrue(disk.total() > 0, disk.toString());
    }

    @Test
    void percentagesTellWhatRootKeepsApart() {
        DiskSpace disk = new DiskSpace("disk", 1, 1_000, 100, 150);
        assertEquals(85, disk.used());
        assertEquals(90, disk.unusable());
        assertEquals(0, new DiskSpace("nothing", 1, 0, 0, 0).used());
    }
}
