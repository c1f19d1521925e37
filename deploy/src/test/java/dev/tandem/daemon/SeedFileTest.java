package dev.tandem.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeedFileTest {
    @TempDir
    Path folder;

    private Seeds seeds(String text) throws IOException, StartException {
        return SeedFile.read(Files.writeString(folder.resolve("seeds"), text));
    }

    @Test
    void theFirstNumberStartsRandAndTheOthersAreTheMaterial() throws IOException, StartException {
        Seeds seeds = seeds("2983378351\n1299727368\n" + "0\n".repeat(18) + "4294967295\n");
        assertEquals(2983378351L, seeds.first());
        assertArrayEquals(new byte[] {0x08, 0x44, 0x78, 0x4d, 0}, seeds.part(0, 5));
        assertArrayEquals(new byte[] {0, -1, -1, -1, -1}, seeds.part(75, 80));
        assertTrue(seeds.repeatable());
    }

    @Test
    void aFileThatLacksNumbersIsRefused() {
        assertThrows(StartException.class, () -> seeds("hello\n"));
        assertThrows(StartException.class, () -> seeds(""));
        assertThrows(StartException.class, () -> seeds("1\n".repeat(20)));
        assertThrows(StartException.class, () -> seeds("1\n".repeat(20) + "x\n"));
    }

    @Test
    void whatIsWrittenIsReadBack() throws StartException {
        Path file = folder.resolve("seeds");
        Seeds before = Seeds.unpredictable();
        SeedFile.write(before, file);
        Seeds after = SeedFile.read(file);
        assertEquals(before.first(), after.first());
        assertEquals(before.material(), after.material());
        assertThrows(StartException.class, () -> SeedFile.write(before, folder));
    }
}
