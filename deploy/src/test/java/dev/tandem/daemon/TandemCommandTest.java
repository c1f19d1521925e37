package dev.tandem.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.program.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TandemCommandTest {
    private static final String HINT = "Try 'tandem --help' for more information.";

    @TempDir
    Path folder;

    @BeforeEach
    void someScripts() {
        System.setProperty("tandem.scripts", folder.toString());
    }

    @AfterEach
    void noScripts() {
        System.clearProperty("tandem.scripts");
    }

    private void fails(String message, String... args) {
        Captured run = Captured.run(args);
        assertEquals(message + System.lineSeparator(), run.err());
        assertEquals(1, run.status());
        assertEquals("", run.out());
    }

    @Test
    void anUnknownOptionGivesAHint() {
        fails("tandem: unknown option: '-Z'" + System.lineSeparator() + HINT, "-Z");
        fails("tandem: unknown option: '--nope'" + System.lineSeparator() + HINT, "--nope", "x.zeek");
    }

    @Test
    void whatIsBuiltInIsListed() {
        assertTrue(Captured.run("-N").out().contains("Zeek::SQLiteWriter - "));
        Captured one = Captured.run("-N", "Zeek::AsciiWriter");
        assertEquals(
                "Zeek::AsciiWriter - logs as text or JSON (built-in)", one.out().strip());
        assertEquals(0, one.status());
        assertEquals(1, Captured.run("-N", "Zeek::Nothing").status());
    }

    @Test
    void anOptionWithoutItsValueGivesAHint() {
        fails(
                "tandem: missing required parameter for option '--readfile' (FILE)" + System.lineSeparator() + HINT,
                "-b",
                "-r");
    }

    @Test
    void aTraceThatIsNotThereIsNamed() {
        Path trace = folder.resolve("none.pcap");
        fails("tandem: " + trace + ": No such file or directory", "-r", trace.toString());
    }

    @Test
    void aFolderIsNoTrace() {
        fails("tandem: " + folder + ": Is a directory", "-r", folder.toString());
    }

    @Test
    void aTextIsNoTrace() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "this is no capture at all, though it is long enough\n");
        fails("tandem: " + text + ": not a capture file", "-Cr", text.toString());
    }

    @Test
    void aSeedFileThatIsNotThereIsNamed() {
        Path seeds = folder.resolve("seeds");
        fails("tandem: " + seeds + ": No such file or directory", "-G", seeds.toString(), "x.zeek");
    }

    @Test
    void hostResultsThatAreNotThereAreNamed() {
        Path results = folder.resolve("results");
        Captured run = Captured.run("--host-results", results.toString());
        assertEquals(1, run.status());
        assertTrue(run.err().contains(results.toString()), run.err());
    }

    @Test
    void aFileOfSomethingElseHoldsNoHostResults() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "{\n".repeat(20));
        Captured run = Captured.run("--host-results", text.toString());
        List<String> said = run.err().lines().toList();
        assertEquals(7, said.size(), run.err());
        assertTrue(said.getFirst().startsWith("tandem: " + text + ":1: "), run.err());
        assertEquals("tandem: " + text + ": more lines like these: 15", said.get(5));
        assertEquals("tandem: " + text + ": holds no result lines of osquery", said.get(6));
        assertEquals(1, run.status());
    }

    @Test
    void outputThatCannotBeWrittenIsAFailure() {
        assertEquals(0, Captured.noTerminal().finish(0));
        Captured full = new Captured("", false, () -> new IOException("No space left on device"));
        assertEquals(1, full.terminal().finish(0));
        assertEquals(3, full.terminal().finish(3));
        assertTrue(full.err().startsWith("tandem: standard output: No space left on device"), full.err());
        Captured gone = new Captured("", false, () -> new IOException("Broken pipe"));
        assertEquals(1, gone.terminal().finish(0));
        assertEquals("", gone.err());
    }

    @Test
    void theVersionIsOneLine() {
        Captured run = Captured.run("-v");
        assertEquals("tandem version " + Version.NUMBER + System.lineSeparator(), run.out());
        assertEquals(0, run.status());
    }

    @Test
    void helpGoesToStandardOutputAndIsNoFailure() {
        Captured run = Captured.run("--help");
        assertTrue(run.out().contains("--readfile"), run.out());
        assertEquals("", run.err());
        assertEquals(0, run.status());
    }

    @Test
    void withNothingToDoATerminalIsShownTheUsage() {
        Captured run = Captured.runAtTerminal("-b");
        assertTrue(run.err().contains("--readfile"), run.err());
        assertEquals("", run.out());
        assertEquals(1, run.status());
    }

    @Test
    void theDemoKeepsOutOfAFolderThatIsInUse() throws IOException {
        Files.writeString(folder.resolve("mine"), "");
        Files.createDirectories(folder.resolve("home/demo"));
        Files.writeString(folder.resolve("home/demo/capture.pcap.gz"), "");
        System.setProperty("tandem.home", folder.resolve("home").toString());
        try {
            fails(
                    "tandem: " + folder + ": holds files already; name a new or an empty directory",
                    "demo",
                    folder.toString());
        } finally {
            System.clearProperty("tandem.home");
        }
    }

    @Test
    void theDemoTakesOneFolder() {
        fails(
                "tandem: unmatched argument at index 1: 'b'" + System.lineSeparator()
                        + "Try 'tandem demo --help' for more information.",
                "demo",
                "a",
                "b");
    }
}
