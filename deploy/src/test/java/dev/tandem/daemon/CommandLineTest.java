package dev.tandem.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandLineTest {
    private static RunOptions parse(String... args) throws StartException {
        RunOptions options = TandemCommand.parse(Captured.noTerminal(), args);
        if (options == null) {
            throw new AssertionError("nothing to do");
        }
        return options;
    }

    @Test
    void shortOptionsMayBeBundledWithTheLastOnesValue() throws StartException {
        RunOptions options = parse("-bCr", "a.pcap", "x.zeek");
        assertTrue(options.bare());
        assertTrue(options.ignoreChecksums());
        assertEquals("a.pcap", options.trace());
        assertEquals(List.of("x.zeek"), options.scripts());
    }

    @Test
    void aValueMayStickToItsShortOption() throws StartException {
        RunOptions options = parse("-bra.pcap", "-ftcp port 80");
        assertEquals("a.pcap", options.trace());
        assertEquals("tcp port 80", options.filter());
    }

    @Test
    void zeeksLongNamesMeanTheSame() throws StartException {
        RunOptions options = parse(
                "--bare-mode",
                "--no-checksums",
                "--readfile",
                "a.pcap",
                "--filter=udp",
                "--exec",
                "print 1;",
                "--load-seeds",
                "seeds",
                "--writefile",
                "b.pcap",
                "--prefix",
                "p",
                "--save-seeds",
                "out",
                "--print-id",
                "x",
                "--parse-only");
        assertTrue(options.bare());
        assertTrue(options.ignoreChecksums());
        assertTrue(options.parseOnly());
        assertFalse(options.lint());
        assertTrue(parse("--check", "a.zeek").parseOnly());
        assertTrue(parse("--check", "a.zeek").lint());
        assertEquals("a.pcap", options.trace());
        assertEquals("udp", options.filter());
        assertEquals("print 1;", options.code());
        assertEquals(Path.of("seeds"), options.seedFile());
        assertEquals(Path.of("b.pcap"), options.writeFile());
        assertEquals(List.of("p"), options.prefixes());
        assertEquals(Path.of("out"), options.savedSeeds());
        assertEquals("x", options.printedName());
        assertEquals(
                List.of("eth0", "eth1"), parse("--iface", "eth0", "-i", "eth1").interfaces());
    }

    @Test
    void operandsWithAnEqualsSignAreAssignmentsWhereverTheyStand() throws StartException {
        RunOptions options = parse("A::x=1", "one", "y=a=b", "-b", "two");
        assertEquals(List.of("one", "two"), options.scripts());
        assertEquals(List.of("A::x=1", "y=a=b"), options.assignments());
    }

    @Test
    void aDashIsStandardInput() throws StartException {
        assertEquals("-", parse("-r", "-").trace());
        assertEquals(List.of("-"), parse("-b", "-").scripts());
    }

    @Test
    void codeIsTakenAsItIs() throws StartException {
        assertEquals("\"a,b\" ${x} @y", parse("-e", "\"a,b\" ${x} @y").code());
        assertEquals("@load x", parse("-e", "@load x").code());
    }

    @Test
    void withNothingToDoAScriptIsReadFromStandardInput() throws StartException {
        assertEquals(List.of("-"), parse("-b").scripts());
        assertEquals(List.of(), parse("-e", "").scripts());
        assertEquals(List.of(), parse("x=1").scripts());
        assertNull(TandemCommand.parse(Captured.aTerminal(), "-b"));
    }

    @Test
    void messagesAboutScriptsAreForcedOrLeftToTheTerminal() throws StartException {
        assertEquals(true, parse("--diagnostics=rich").richMessages());
        assertEquals(false, parse("--diagnostics", "plain").richMessages());
        assertNull(parse("x").richMessages());
    }

    @Test
    void hostsAloneAreReplayedAndWithAnInterfaceTheClockRules() throws StartException {
        assertTrue(parse("-r", "a").isReplay());
        assertTrue(parse("--host-results", "r", "--host-arrival", "a").isReplay());
        assertFalse(parse("-i", "eth0", "--host-results", "r").isReplay());
        assertFalse(parse("x").isReplay());
    }

    @Test
    void aTraceAndAnInterfaceExcludeEachOther() {
        assertThrows(StartException.class, () -> parse("-r", "a", "-i", "b"));
        assertThrows(StartException.class, () -> parse("--host-arrival", "a", "x"));
    }

    @Test
    void switchesCodeAndPrefixesMayBeGivenAgain() throws StartException {
        RunOptions options = parse("-b", "-C", "-C", "-b", "-e", "print 1;", "-e", "print 2;", "-p", "a", "-p", "b");
        assertTrue(options.bare());
        assertTrue(options.ignoreChecksums());
        assertEquals("print 1;\nprint 2;", options.code());
        assertEquals(List.of("a", "b"), options.prefixes());
    }

    @Test
    void behindTwoDashesStandsAScriptWithItsArguments() throws StartException {
        RunOptions options = parse("-b", "one", "--", "two", "-r", "x=y");
        assertEquals(List.of("one", "two"), options.scripts());
        assertEquals(List.of("-r", "x=y"), options.scriptArguments());
        assertNull(options.trace());
        assertEquals(List.of("one"), parse("one", "--").scripts());
    }

    /** As the system starts a script whose first line is {@code #!/usr/bin/tandem -b -C --}. */
    @Test
    void anInterpreterLinesOptionsComeAsOneArgument() throws StartException {
        RunOptions options = parse("-b -C --", "./script", "-e", "f");
        assertTrue(options.bare());
        assertTrue(options.ignoreChecksums());
        assertEquals(List.of("./script"), options.scripts());
        assertEquals(List.of("-e", "f"), options.scriptArguments());
    }

    @Test
    void whatZeekHasAndTandemHasNotIsRefusedWithAReason() {
        for (String[] args : new String[][] {
            {"-d"}, {"-u", "x"}, {"-s", "sigs"}, {"--tracefile=t"}, {"-j"}, {"--pseudo-realtime=2"}, {"--test"}
        }) {
            StartException refusal = assertThrows(StartException.class, () -> parse(args));
            String name = args[0].replaceAll("=.*", "");
            assertTrue(
                    String.valueOf(refusal.getMessage()).contains(name + ":")
                            || String.valueOf(refusal.getMessage()).contains(name + ", "),
                    refusal.getMessage());
        }
    }

    @Test
    void whatOnlyZeeksInnerPartsNeedIsAccepted() throws StartException {
        RunOptions options =
                parse("-O", "ZAM", "-o", "f", "-0", "x", "-B", "main", "-W", "--no-unused-warnings", "script");
        assertEquals(List.of("script"), options.scripts());
    }

    @Test
    void packetOptionsNeedPacketsAndOneSource() {
        assertThrows(StartException.class, () -> parse("-f", "tcp", "x"));
        assertThrows(StartException.class, () -> parse("-w", "out.pcap", "x"));
        assertThrows(StartException.class, () -> parse("-r", "a", "-r", "b"));
        assertThrows(StartException.class, () -> parse("-r", "a", "-r", "b"));
    }
}
