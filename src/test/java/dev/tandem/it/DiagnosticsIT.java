package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.it.DaemonRunner.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private static final String DEEP = """
        function deep(n: count): count
        \t{
        \tlocal t: table[count] of count;
        \tif ( n == 0 )
        \t\treturn t[7];
        \treturn deep(n - 1);
        \t}
        global runs = 0;
        event go()
        \t{
        \tif ( ++runs < LAST )
        \t\tevent go();
        \tprint deep(1);
        \t}
        event zeek_init() { schedule 0sec { go() }; }
        """;

    @Test
    void anErrorTellsItsCallsWhereSomebodyLooks() throws IOException {
        Files.writeString(folder.resolve("deep.zeek"), DEEP.replace("LAST", "1"));
        String error = "expression error in ./deep.zeek, line 5: no such index (t[7])\n";
        String calls = """
              in deep, called from ./deep.zeek, line 6
              in deep, called from ./deep.zeek, line 13
              in go
            """;
        assertEquals(error, tandem.run("-b", "deep").err());
        assertEquals(
                error + calls, tandem.run("-b", "--diagnostics=rich", "deep").err());
    }

    @Test
    void compiledCodeTellsItsCallsToo() throws IOException {
        Files.writeString(folder.resolve("deep.zeek"), DEEP.replace("LAST", "9"));
        String interpreted =
                tandem.run("-b", "--no-jit", "--diagnostics=rich", "deep").err();
        assertEquals(9 * 4, interpreted.lines().count());
        assertEquals(interpreted, tandem.run("-b", "--diagnostics=rich", "deep").err());
    }

    @Test
    void anErrorOfEachEventIsNotToldEachTime() throws IOException {
        Files.writeString(folder.resolve("deep.zeek"), DEEP.replace("LAST", "2500"));
        List<String> told = tandem.run("-b", "deep").err().lines().toList();
        assertEquals(101, told.size());
        assertEquals(
                "expression error in ./deep.zeek, line 5: no such index (t[7]) [1000 times so far; told again at"
                        + " 10000]",
                told.get(100));
    }

    @Test
    void anErrorBeforeTheFirstPacketEndsTheRun() throws IOException {
        Files.writeString(
                folder.resolve("early.zeek"), "event zeek_init() { local v: vector of count; print v[3]; }\n");
        fails("""
            expression error in ./early.zeek, line 1: no such index (v[3])
            fatal error: errors occurred while initializing
            """, "-b", "early");
    }

    @Test
    void aScriptCanSeeWhoCalledIt() throws IOException {
        Files.writeString(folder.resolve("trace.zeek"), """
            @load base/utils/backtrace
            function inner(n: count) { print_backtrace(T, F, "|", 2); }
            event zeek_init()
            \t{
            \tinner(7);
            \t}
            """);
        assertEquals("""
            #0: inner(n: count = 7) at ./trace.zeek:5
            #1: zeek_init()
            """, tandem.run("-b", "trace").out());
    }
}
