package dev.tandem.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScriptPathTest {
    @TempDir
    Path shipped;

    @Test
    void theWorkingDirectoryComesBeforeTheShippedScripts() throws StartException {
        assertEquals(
                List.of(Path.of("."), shipped, shipped.resolve("policy"), shipped.resolve("site")),
                ScriptPath.of(null, shipped.toString()).directories());
    }

    @Test
    void theEnvironmentTakesThePlaceOfTheWorkingDirectory() throws StartException {
        assertEquals(
                List.of(Path.of("/a"), Path.of("b"), shipped, shipped.resolve("policy"), shipped.resolve("site")),
                ScriptPath.of("/a:b", shipped.toString()).directories());
    }

    @Test
    void withoutShippedScriptsThereIsNoStart() {
        assertThrows(StartException.class, () -> ScriptPath.of(null, null));
        assertThrows(
                StartException.class,
                () -> ScriptPath.of(null, shipped.resolve("none").toString()));
    }
}
