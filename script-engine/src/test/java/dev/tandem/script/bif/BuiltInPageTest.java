package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class BuiltInPageTest {
    private static final Path PAGE = Path.of("../docs/scripting/built-ins.md");

    /** With {@code -Dbaseline.update} it writes the page instead. */
    @Test
    void pageTellsTheFunctionsThereAre() throws IOException {
        String page = new BuiltInPage(Path.of("src/main/java")).text();
        if (Boolean.getBoolean("baseline.update")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(
                Files.readString(PAGE), page, "docs/scripting/built-ins.md is stale: run with -Dbaseline.update=true");
    }

    @Test
    void everyFunctionIsOnThePageWithItsPrototype() throws IOException {
        String page = new BuiltInPage(Path.of("src/main/java")).text();
        for (BifDefinition d : BifRegistry.all()) {
            assertTrue(page.contains("- `" + d.prototype().replaceFirst("^function", d.name()) + "`"), d.name());
        }
    }
}
