package dev.tandem.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeedFileTest {
    @TempDir
    Path folder;

    private SeedFile seeds(String text) throws IOException, StartException {
        return SeedFile.read(Files.writeString(folder.resolve("seeds"), text));
    }

    @Test
    void theFirstNumberAndTheWholeFileCount() throws IOException, StartException {
        SeedFile a = seeds("2983378351\n1299727368\n");
        assertEquals(2983378351L, a.first());
        assertEquals(a, seeds("2983378351\n1299727368\n"));
        assertNotEquals(a.whole(), seeds("2983378351\n1299727369\n").whole());
    }

    @Test
    void aFileWithoutNumbersIsRefused() {
        assertThrows(StartException.class, () -> seeds("hello\n"));
        assertThrows(StartException.class, () -> seeds(""));
    }
}
