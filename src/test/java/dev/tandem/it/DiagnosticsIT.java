package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.it.DaemonRunner.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users are told of wrong options and wrong scripts. */
class DiagnosticsIT {
    private static final String TWO_ERRORS = """
            event zeek_init()
            \t{
            \tlocal a: count = "x";
            \tprint nope;
            \t}
            """;

    @TempDir
    Path folder;

    private DaemonRunner tandem;

    @BeforeEach
    void runner() throws IOException {
        tandem = new DaemonRunner(folder);
        Files.writeString(folder.resolve("two.zeek"), TWO_ERRORS);
    }

    private void fails(String messages, String... args) {
        Run run = tandem.run(args);
        assertEquals(messages, run.err());
        assertEquals("", run.out());
        assertEquals(1, run.status());
    }

    @Test
    void anUnknownOptionGivesAHint() {
        fails("tandem: unknown option: '--nope'\nTry 'tandem --help' for more information.\n", "--nope", "-b");
    }

    @Test
    void allErrorsOfAScriptAreToldInZeeksWordsWhenNobodyLooks() {
        String plain = """
                error in ./two.zeek, line 3: assignment of non-arithmetic value to arithmetic (count/string) (a = x)
                error in ./two.zeek, line 4: unknown identifier nope, at or near "nope"
                """;
        fails(plain, "-b", "two.zeek");
        fails(plain, "-b", "--diagnostics=plain", "two");
    }

    @Test
    void richMessagesShowThePlace() {
        fails("""
                ./two.zeek:3:19: error: assignment of non-arithmetic value to arithmetic (count/string) (a = x)
                  \tlocal a: count = "x";
                  \t                 ^
                ./two.zeek:4:8: error: unknown identifier nope, at or near "nope"
                  \tprint nope;
                  \t      ^
                  = did you mean 'None'?
                """, "-b", "--diagnostics=rich", "two.zeek");
    }

    @Test
    void aScriptThatIsNotThereIsNamedWithThePlaceThatLoadsIt() throws IOException {
        Files.writeString(folder.resolve("loads.zeek"), "print 1;\n@load missing/thing\n");
        fails("fatal error: can't find nothere.zeek\n", "-b", "nothere.zeek");
        fails("fatal error in ./loads.zeek, line 2: can't find missing/thing\n", "-b", "loads.zeek");
    }

    @Test
    void anAssignmentToWhatIsNotThereIsNamed() {
        fails("error: unknown identifier 'nope' in command-line options\n", "-b", "nope=1", "-e", "");
    }

    @Test
    void scriptsAreCheckedWithoutBeingRun() throws IOException {
        Files.writeString(folder.resolve("good.zeek"), "print \"ran\";\nevent zeek_init() { print \"ran\"; }\n");
        Run run = tandem.run("-b", "-a", "good.zeek");
        assertEquals("", run.out() + run.err());
        assertEquals(0, run.status());
    }
}
