package dev.tandem.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.script.gen.JitOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts named {@code .bro} may do what their language allowed and today's does not. */
class BroScriptsTest {
    private static final String TWICE =
            "type R: record { n: count &default=3 &optional; };\n" + "event zeek_init() { local r: R; print r$n; }\n";
    private static final String ENDED = "event zeek_init() { if ( T ) { local x = 5; } print x; }\n";

    @TempDir
    Path scripts;

    private ScriptRun load(String name, String text) throws Exception {
        Path file = scripts.resolve(name);
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return new ScriptRun("@load " + file + "\n", JitOptions.OFF);
    }

    private static List<String> messages(ScriptRun run) {
        return run.problems().stream()
                .map(p -> p.replaceAll(" in .*?, line \\d+", ""))
                .toList();
    }

    @Test
    void aFieldMayBeOptionalAndHaveADefault() throws Exception {
        ScriptRun old = load("a.bro", TWICE);
        assertEquals("3\n", old.start().finish().output());
        assertEquals(
                List.of("warning: Using &default and &optional together results in &default behavior (&default=3,"
                        + " &optional)"),
                messages(old));
        assertEquals(
                List.of("error: Using &default and &optional together results in &default behavior (&default=3,"
                        + " &optional)"),
                messages(load("a.zeek", TWICE)));
    }

    @Test
    void aLocalLivesAsLongAsItsFunction() throws Exception {
        ScriptRun old = load("b.bro", ENDED);
        assertEquals("5\n", old.start().finish().output());
        assertEquals(
                List.of("warning: use of out-of-scope local deprecated; move declaration to outer scope (x)"),
                messages(old));
        assertEquals(
                List.of("error: use of out-of-scope local; move declaration to outer scope (x)"),
                messages(load("b.zeek", ENDED)));
    }
}
