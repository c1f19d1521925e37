package dev.tandem.core.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    @Test
    void whatCannotBeWrittenToItsEndLeavesTheOldOne() throws IOException {
        Path file = folder.resolve("f");
        WholeFile.writeSynced(file, out -> out.write("old".getBytes(StandardCharsets.UTF_8)));
        assertThrows(
                IOException.class,
                () -> WholeFile.writeSynced(file, out -> {
                    out.write('n');
                    throw new IOException("no space, says the test");
                }));
        assertEquals("old", Files.readString(file));
        WholeFile.writeSynced(file, out -> out.write("new".getBytes(StandardCharsets.UTF_8)));
        assertEquals("new", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void permissionsAreThereFromTheStart() throws IOException {
        Path file = folder.resolve("f");
        Files.writeString(folder.resolve(".f.new"), "left by a crash, and readable");
        WholeFile.write(
                file, "secret", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
}
