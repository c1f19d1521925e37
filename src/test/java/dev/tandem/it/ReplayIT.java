package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.it.DaemonRunner.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces in, logs out: the process as users start it. */
class ReplayIT {
    /** Connections in the shipped capture, of which 247 are TCP and 13 UDP; the others are ICMPv6. */
    private static final int DEMO_CONNECTIONS = 277;

    private static final String DEMO =
            DaemonRunner.CHECKOUT.resolve("deploy/demo/capture.pcap.gz").toString();

    private static final List<String> CONN_COLUMNS = List.of(
            "ts:time",
            "uid:string",
            "id.orig_h:addr",
            "id.orig_p:port",
            "id.resp_h:addr",
            "id.resp_p:port",
            "proto:enum",
            "service:string",
            "duration:interval",
            "orig_bytes:count",
            "resp_bytes:count",
            "conn_state:string",
            "local_orig:bool",
            "local_resp:bool",
            "missed_bytes:count",
            "history:string",
            "orig_pkts:count",
            "orig_ip_bytes:count",
            "resp_pkts:count",
            "resp_ip_bytes:count",
            "tunnel_parents:set[string]",
            "ip_proto:count");

    /** Two connections, the second of which began a second after the first. */
    private static final TraceBuilder TWO = new TraceBuilder()
            .tcp(1700000000.25, "10.0.0.1", 40001, "10.0.0.2", 80, "GET /", "four")
            .tcp(1700000001.5, "10.0.0.1", 40002, "10.0.0.3", 443, "hello", "ok");

    private static final List<String> TWO_ROWS = List.of(
            "1700000000.250000 10.0.0.1 40001 10.0.0.2 80 tcp 0.007000 5 4 SF ShADdFf 6 3",
            "1700000001.500000 10.0.0.1 40002 10.0.0.3 443 tcp 0.007000 5 2 SF ShADdFf 6 3");

    @TempDir
    Path folder;

    private DaemonRunner tandem;

    @BeforeEach
    void runner() {
        tandem = new DaemonRunner(folder);
    }

    /** A run of conn.log alone, which starts in half the time. */
    private Run connections(String... more) {
        String[] args = Arrays.copyOf(more, more.length + 2);
        args[more.length] = "-b";
        args[more.length + 1] = "base/protocols/conn";
        return tandem.run(args);
    }

    private static List<String> rows(Run run) {
        return run.log("conn")
                .select(
                        "ts",
                        "id.orig_h",
                        "id.orig_p",
                        "id.resp_h",
                        "id.resp_p",
                        "proto",
                        "duration",
                        "orig_bytes",
                        "resp_bytes",
                        "conn_state",
                        "history",
                        "orig_pkts",
                        "resp_pkts");
    }

    private static void endedWell(Run run) {
        assertEquals("", run.err());
        assertEquals("", run.out());
        assertEquals(0, run.status());
    }

    @Test
    void theShippedCaptureGivesZeeksConnLog() {
        Run run = tandem.run("-r", DEMO);
        endedWell(run);
        LogFile log = run.log("conn");
        assertEquals("\\x09", log.header("separator"));
        assertEquals(
                List.of("#set_separator\t,", "#empty_field\t(empty)", "#unset_field\t-", "#path\tconn"),
                log.lines().subList(1, 5));
        String moment = "\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d";
        assertTrue(log.header("open").matches(moment), log.header("open"));
        assertTrue(log.header("close").matches(moment), log.header("close"));
        assertTrue(log.isClosed());
        assertEquals(CONN_COLUMNS, log.columns());
        assertEquals(DEMO_CONNECTIONS, log.rows().size());
        assertEquals(DEMO_CONNECTIONS, new HashSet<>(log.select("uid")).size(), "every connection has one row");
    }

    @Test
    void aTraceOfAnyFormGivesTheSameRows() throws IOException {
        Path pcap = TWO.pcap(folder.resolve("two.pcap"));
        Path pcapng = TWO.pcapng(folder.resolve("two.pcapng"));
        Path zipped = TraceBuilder.gzip(pcapng, folder.resolve("two.pcapng.gz"));
        for (Path trace : List.of(pcap, pcapng, zipped)) {
            Run run = connections("-r", trace.getFileName().toString());
            endedWell(run);
            assertEquals(TWO_ROWS, rows(run), trace.toString());
            assertTrue(run.log("conn").isClosed());
            Files.delete(folder.resolve("conn.log"));
        }
        Run piped = tandem.run(zipped, "-b", "base/protocols/conn", "-r", "-");
        endedWell(piped);
        assertEquals(TWO_ROWS, rows(piped));
    }

    @Test
    void whatIsThereOfATruncatedTraceIsProcessed() throws IOException {
        Path whole = TWO.pcap(folder.resolve("whole.pcap"));
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(bytes, bytes.length - 20));
        Run run = connections("-r", "cut.pcap");
        assertEquals(
                "tandem: warning: cut.pcap: file is cut short in the middle of a packet (record " + TWO.size()
                        + "); processed what is there\n",
                run.err());
        assertEquals(0, run.status());
        assertEquals(2, run.log("conn").rows().size());
        assertTrue(run.log("conn").isClosed());
    }

    @Test
    void traceThatCannotBeReadIsNamed() throws IOException {
        Files.writeString(folder.resolve("text"), "no capture at all\n".repeat(10));
        Files.write(folder.resolve("empty"), new byte[0]);
        fails("tandem: none.pcap: No such file or directory", "-r", "none.pcap");
        fails("tandem: text: not a capture file", "-r", "text");
        fails("tandem: empty: not a capture file", "-r", "empty");
        fails("tandem: standard input: not a capture file", "-r", "-");
        fails("tandem: .: Is a directory", "-r", ".");
    }

    private void fails(String message, String... args) {
        Run run = tandem.run(args);
        assertEquals(message + "\n", run.err());
        assertEquals("", run.out());
        assertEquals(1, run.status());
        assertFalse(run.hasLog("conn"));
    }

    @Test
    void anInterfaceThatIsNotThereOrCannotBeOpenedIsNamed() {
        Run run = tandem.run("-b", "-i", "nosuch0");
        assertEquals(1, run.status());
        // Without the library that is what is missing first.
        assertTrue(run.err().matches("(?s)tandem: (nosuch0: |libpcap is needed for -i).*\\S\n"), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void aFilterTakesWhatMatches() {
        TWO.pcap(folder.resolve("two.pcap"));
        Run run = connections("-r", "two.pcap", "-f", "port 443");
        if (run.err().contains("libpcap is needed for -f")) {
            assertEquals(1, run.status());
            return;
        }
        endedWell(run);
        assertEquals(List.of(TWO_ROWS.get(1)), rows(run));
        Run wrong = connections("-r", "two.pcap", "-f", "prt 443");
        assertEquals(1, wrong.status());
        assertTrue(wrong.err().contains("prt 443"), wrong.err());
    }

    @Test
    void logsAreJsonWhenAskedByAnAssignment() {
        TWO.pcap(folder.resolve("two.pcap"));
        Run run = connections("-D", "-r", "two.pcap", "LogAscii::use_json=T");
        endedWell(run);
        List<String> lines = run.log("conn").lines();
        assertEquals(2, lines.size());
        assertTrue(
                lines.getFirst()
                        .matches(
                                "\\{\"ts\":1700000000\\.25,\"uid\":\"C[0-9A-Za-z]+\",\"id\\.orig_h\":\"10\\.0\\.0\\.1\","
                                        + "\"id\\.orig_p\":40001,.*\"conn_state\":\"SF\".*\\}"),
                lines.getFirst());
    }

    @Test
    void codeAndAssignmentsFollowTheScripts() throws IOException {
        Files.writeString(folder.resolve("x.zeek"), """
                const greeting = "hello" &redef;
                const times: count = 1 &redef;
                const ports: set[port] = { 1/tcp } &redef;
                event zeek_init() { print greeting, times, |ports|; }
                """);
        Run run = tandem.run(
                "-b", "x.zeek", "greeting=good day", "times=3", "ports+={ 2/tcp }", "-e", "print \"code\", times;");
        assertEquals("code, 3\ngood day, 3, 2\n", run.out());
        assertEquals("", run.err());
        assertEquals(0, run.status());
    }

    @Test
    void theSameSeedsGiveTheSameIds() throws IOException {
        TWO.pcap(folder.resolve("two.pcap"));
        List<String> seeds = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            seeds.add(String.valueOf(123456 + i));
        }
        Files.write(folder.resolve("seeds"), seeds);
        List<String> first =
                connections("-r", "two.pcap", "-G", "seeds").log("conn").select("uid");
        assertEquals(
                first, connections("-r", "two.pcap", "-G", "seeds").log("conn").select("uid"));
        assertNotEquals(first, connections("-r", "two.pcap").log("conn").select("uid"));
    }

    @Test
    void packetsAreAlsoWrittenToAFile() throws IOException {
        Path trace = TWO.pcap(folder.resolve("two.pcap"));
        endedWell(connections("-r", "two.pcap", "-w", "copy.pcap"));
        assertEquals(-1, Files.mismatch(trace, folder.resolve("copy.pcap")));
    }
}
