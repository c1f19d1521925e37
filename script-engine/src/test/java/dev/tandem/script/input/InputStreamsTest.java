package dev.tandem.script.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.engine.NetworkTime;
import dev.tandem.core.event.EventQueue;
import dev.tandem.core.event.EventRegistry;
import dev.tandem.core.log.LogSchema;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.script.ScriptEngine;
import dev.tandem.script.ScriptRig;
import dev.tandem.script.check.Diagnostic;
import dev.tandem.script.source.LoadPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources as scripts see them: tables, events, messages. */
final class InputStreamsTest {
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    @TempDir
    Path directory = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final EventQueue queue = new EventQueue();
    private int wasPrinted;

    private static final class NoLogs implements LogWriterFactory {
        @Override
        public LogWriter open(String writer, LogSchema schema, double openTime, Listener listener) {
            throw new IllegalStateException("no log is expected");
        }

        @Override
        public void close() {}
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n", StandardCharsets.ISO_8859_1);
    }

    private ScriptEngine start(String script) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        ScriptEngine engine = new ScriptEngine(
                new EventRegistry(),
                queue,
                NetworkTime.replay(),
                new NoLogs(),
                new LoadPath(List.of(ScriptRig.SCRIPTS)),
                diagnostics::add,
                new PrintStream(out, true, StandardCharsets.ISO_8859_1));
        engine.loadBare();
        engine.code("redef Threading::heartbeat_interval = 0.01sec;\n"
                + "redef Reporter::warnings_to_stderr = F;\nredef Reporter::errors_to_stderr = F;\n"
                + "event reporter_warning(t: time, msg: string, where: string) { print \"warning\", msg; }\n"
                + "event reporter_error(t: time, msg: string, where: string) { print \"error\", msg; }\n"
                + script.replace("DIR", directory.toString()));
        engine.finishLoading();
        assertEquals(List.of(), diagnostics.stream().map(Diagnostic::plain).toList());
        engine.runGlobals();
        engine.raiseInit();
        return engine;
    }

    private void turnsUntilTerminated(ScriptEngine engine) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!engine.terminateRequested()) {
            assertTrue(System.nanoTime() < end, () -> "still running, printed: " + out);
            turn(engine);
        }
    }

    private void turn(ScriptEngine engine) throws InterruptedException {
        engine.input().drain();
        queue.drain();
        Thread.sleep(1);
    }

    /** Runs a script until it terminates. Returns what it printed, with bars for line ends. */
    private String run(String script) throws InterruptedException {
        try (ScriptEngine engine = start(script)) {
            turnsUntilTerminated(engine);
        }
        return printed();
    }

    /** What was printed since the last call. */
    private String printed() {
        String all = out.toString(StandardCharsets.ISO_8859_1);
        String now = all.substring(wasPrinted).strip().replace(directory.toString(), "DIR");
        wasPrinted = all.length();
        return now.lines().collect(Collectors.joining("|"));
    }

    private void untilPrinted(ScriptEngine engine, String wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!out.toString(StandardCharsets.ISO_8859_1).substring(wasPrinted).contains(wanted)) {
            assertTrue(System.nanoTime() < end, () -> "no " + wanted + " in: " + out);
            turn(engine);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "bool; T; T",
                "bool; 0; F",
                "int; -42; -42",
                "count; 18446744073709551615; 18446744073709551615",
                "double; 3.5e2; 350.0",
                "interval; 100.000000; 1.0 min 40.0 secs",
                "string; a\\x2cb\\\\; a,b\\",
                "port; 123; 123/unknown",
                "port; 53/UDP; 53/udp",
                "addr; [2001:db8::1]; 2001:db8::1",
                "addr; 1.2.3.4; 1.2.3.4",
                "subnet; 10.0.0.0/24; 10.0.0.0/24",
                "subnet; 2001:db8::/32; 2001:db8::/32",
                "Input::Mode; Input::STREAM; Input::STREAM",
                "vector of count; 1,2,3; [1, 2, 3]",
                "vector of string; (empty); []",
                "vector of string; a,; [a, ]",
                "pattern; /ab+/i; /(?i:^?(ab+)$?)/"
            })
    void fieldTextBecomesItsTypesValue(String type, String text, String shown) throws Exception {
        file("in", "#fields\tignored\tv", "x\t" + text);
        String script = "type R: record { v: " + type + "; };\n"
                + "event row(d: Input::EventDescription, t: Input::Event, r: R) { print r$v; terminate(); }\n"
                + "event zeek_init() { Input::add_event([$source=\"DIR/in\", $name=\"in\", $fields=R, $ev=row]); }";
        assertEquals(shown, run(script));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "count; -1; Number '-1' cannot be negative",
                "count; 18446744073709551616; Number '18446744073709551616' out of supported range.",
                "int; x; String 'x' contained no parseable number",
                "bool; yes; Field: v Invalid value for boolean: yes",
                "subnet; 1.2.3.4; Invalid value for subnet: 1.2.3.4",
                "pattern; /ab/x; String '/ab/x' contained no parseable pattern."
            })
    void textThatIsNoValueLosesItsLineWithTwoWarnings(String type, String text, String reason) throws Exception {
        file("in", "#fields\tv", text);
        String script = "type R: record { v: " + type + "; };\n"
                + "event row(d: Input::EventDescription, t: Input::Event, r: R) { print \"row\"; }\n"
                + "event Input::end_of_data(name: string, source: string) { terminate(); }\n"
                + "event zeek_init() { Input::add_event([$source=\"DIR/in\", $name=\"in\", $fields=R, $ev=row]); }";
        String place = "warning, DIR/in/Input::READER_ASCII: DIR/in, line 2: ";
        assertEquals(
                place + reason + "|" + place + "Could not convert line '" + text + "' of DIR/in to Val. Ignoring line.",
                run(script));
    }

    @Test
    void tableFollowsItsFileAndThePredicateMayRefuse() throws Exception {
        file("in", "#fields\ti\ts", "1\ta", "2\tb", "3\tforbidden");
        String script = """
                type Idx: record { i: int; };
                type Val: record { s: string; };
                global t: table[int] of string;
                event change(d: Input::TableDescription, e: Input::Event, i: Idx, s: string) { print e, i$i, s; }
                event Input::end_of_data(name: string, source: string) { print |t|, "end"; }
                event zeek_init() {
                    Input::add_table([$source="DIR/in", $name="in", $idx=Idx, $val=Val, $destination=t, $want_record=F,
                        $mode=Input::REREAD, $ev=change,
                        $pred(e: Input::Event, i: Idx, s: string) = { return s != "forbidden"; }]);
                }
                """;
        try (ScriptEngine engine = start(script)) {
            untilPrinted(engine, "end");
            assertEquals("Input::EVENT_NEW, 1, a|Input::EVENT_NEW, 2, b|2, end", sorted(printed()));
            file("in", "#fields\ti\ts", "2\tchanged", "4\td");
            untilPrinted(engine, "end");
            assertEquals(
                    "2, end|Input::EVENT_CHANGED, 2, b|Input::EVENT_NEW, 4, d|Input::EVENT_REMOVED, 1, a",
                    sorted(printed()).lines().sorted().collect(Collectors.joining()));
        }
    }

    /** The events of one reading, and its end behind them. */
    private static String sorted(String printed) {
        List<String> lines = List.of(printed.split("\\|"));
        return printed.contains("CHANGED") ? lines.stream().sorted().collect(Collectors.joining("|")) : printed;
    }

    @Test
    void streamGivesWhatIsAddedAndSetsNeedNoValue() throws Exception {
        Path in = file("in", "#fields\ta", "1.2.3.4");
        String script = """
                type Idx: record { a: addr; };
                global s: set[addr];
                event change(d: Input::TableDescription, e: Input::Event, i: Idx) { print e, i$a, i$a in s; }
                event zeek_init() {
                    Input::add_table([$source="DIR/in", $name="in", $idx=Idx, $destination=s, $mode=Input::STREAM, $ev=change]);
                }
                """;
        try (ScriptEngine engine = start(script)) {
            untilPrinted(engine, "1.2.3.4");
            Files.writeString(in, Files.readString(in) + "5.6.7.8\n");
            untilPrinted(engine, "5.6.7.8");
            assertEquals("Input::EVENT_NEW, 1.2.3.4, T|Input::EVENT_NEW, 5.6.7.8, T", printed());
        }
    }

    @Test
    void missingColumnsAreFilledOrRefused() throws Exception {
        file("in", "#fields\ta\tp\tproto", "1\t53\tudp", "-\t54\ttcp", "2");
        String script = """
                type R: record { a: count; b: string &optional; c: count &default=7; p: port &type_column="proto"; };
                event row(d: Input::EventDescription, t: Input::Event, r: R) { print r; }
                event failed(d: Input::EventDescription, msg: string, level: Reporter::Level) { print level, msg; }
                event Input::end_of_data(name: string, source: string) { terminate(); }
                event zeek_init() {
                    Input::add_event([$source="DIR/in", $name="in", $fields=R, $ev=row, $error_ev=failed]);
                }
                """;
        String missing = "DIR/in:3: Skipping input with missing non-optional value (record field a)";
        String few = "Not enough fields in line '2' of DIR/in. Found 0 fields, want positions 1 and 2";
        assertEquals(
                List.of(
                        "Reporter::WARNING, " + missing,
                        "Reporter::WARNING, " + few,
                        "[a=1, b=<uninitialized>, c=7, p=53/udp]",
                        "warning, DIR/in/Input::READER_ASCII: DIR/in, line 4: " + few,
                        "warning, " + missing),
                List.of(run(script).split("\\|")).stream().sorted().toList());
    }

    @Test
    void aDescriptionThatDoesNotFitIsRefusedWithTheReason() throws Exception {
        String script = """
                type Idx: record { i: int; };
                type Val: record { s: string; };
                global t: table[count] of string;
                global s: set[int];
                event few(d: Input::EventDescription) { }
                event zeek_init() {
                    print Input::add_table([$source="x", $name="index", $idx=Idx, $val=Val, $destination=t]);
                    print Input::add_table([$source="x", $name="value", $idx=Idx, $val=Val, $destination=s]);
                    print Input::add_event([$source="x", $name="event", $fields=Val, $ev=few]);
                    print Input::remove("none");
                    print Input::force_update("none");
                    terminate();
                }
                """;
        assertEquals(
                "F|F|F|F|F|error, Input stream index: Table type does not match index type. Need type 'int':int, got "
                        + "'count':count|error, Input stream value: 'destination' field is a set, but the 'val' field was "
                        + "also specified (did you mean to use a table instead of a set?)|error, Input stream event: "
                        + "Event does not take enough arguments|error, Stream none not found",
                run(script + "event zeek_init() &priority=-1 { }"));
    }

    @Test
    void aFileThatIsNotThereEndsTheStreamOnlyWhenItMust() throws Exception {
        String script = """
                type R: record { v: string; };
                event row(d: Input::EventDescription, t: Input::Event, r: R) { print d$name, r$v; terminate(); }
                event zeek_init() {
                    Input::add_event([$source="DIR/late", $name="strict", $fields=R, $ev=row, $mode=Input::REREAD,
                        $config=table(["fail_on_file_problem"] = "T")]);
                    Input::add_event([$source="DIR/late", $name="patient", $fields=R, $ev=row, $mode=Input::REREAD]);
                }
                """;
        try (ScriptEngine engine = start(script)) {
            untilPrinted(engine, "terminating");
            untilPrinted(engine, "warning");
            assertEquals(
                    List.of(
                            "error, DIR/late/Input::READER_ASCII: Init failed",
                            "error, DIR/late/Input::READER_ASCII: Init: cannot open DIR/late",
                            "error, DIR/late/Input::READER_ASCII: terminating thread",
                            "warning, DIR/late/Input::READER_ASCII: Init: cannot open DIR/late"),
                    List.of(printed().split("\\|")).stream().sorted().toList());
            file("late", "#fields\tv", "here");
            turnsUntilTerminated(engine);
            assertTrue(printed().endsWith("patient, here"));
        }
    }

    @Test
    void aCommandGivesItsLinesErrorsAndStatus() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        String script = """
                type R: record { s: string; e: bool; };
                event row(d: Input::EventDescription, t: Input::Event, s: string, e: bool) { print s, e; }
                event InputRaw::process_finished(name: string, source: string, code: count, sig: bool) {
                    print name, code, sig;
                    terminate();
                }
                event zeek_init() {
                    Input::add_event([$source="cat; echo bad 1>&2; printf last; exit 3 |", $name="cmd", $fields=R, $ev=row,
                        $want_record=F, $reader=Input::READER_RAW, $mode=Input::STREAM,
                        $config=table(["stdin"] = "one\\ntwo\\n", ["read_stderr"] = "1")]);
                }
                """;
        String source = "cat; echo bad 1>&2; printf last; exit 3 |";
        assertEquals(
                "one, F|two, F|last, F|bad, T|error, " + source
                        + "/Input::READER_RAW: Child process exited with non-zero return code 3|cmd, 3, F",
                List.of(run(script).split("(?<!3 )\\|")).stream()
                        .sorted((a, b) -> Boolean.compare(a.startsWith("cmd"), b.startsWith("cmd")))
                        .collect(Collectors.joining("|")));
    }

    @Test
    void optionsOfAFileComeInTheirTypesWhenTheyChange() throws Exception {
        file("in", "# a comment", "size 7", "names\ta, b,", "nothing", "missing 1");
        String script = """
                option size: count = 1;
                option names: set[string] = {};
                type R: record { o: string; v: string; };
                event row(d: Input::EventDescription, t: Input::Event, r: R) { }
                event InputConfig::new_value(name: string, source: string, id: string, value: any) {
                    print id, type_name(value);
                }
                event Input::end_of_data(name: string, source: string) { print "end"; }
                event zeek_init() {
                    Input::add_event([$source="DIR/in", $name="in", $fields=R, $ev=row, $reader=Input::READER_CONFIG,
                        $mode=Input::REREAD]);
                }
                """;
        try (ScriptEngine engine = start(script)) {
            untilPrinted(engine, "end");
            String from = "warning, DIR/in/Input::READER_CONFIG: ";
            assertEquals(
                    List.of(
                            "end",
                            "names, set[string]",
                            "size, count",
                            from + "Could not parse 'nothing'; line has invalid format. Ignoring line.",
                            from + "Option 'missing' does not exist. Ignoring line."),
                    List.of(printed().split("\\|")).stream().sorted().toList());
            file("in", "size 7", "names c");
            untilPrinted(engine, "end");
            assertEquals("names, set[string]|end", printed());
        }
    }

    @Test
    void aHandlerOfAnyHearsOfEveryOption() throws Exception {
        String script = """
                option size: count = 1;
                option sizes: vector of count = vector(1);
                function changed(id: string, value: any, location: string): any {
                    if ( id == "sizes" ) {
                        local all: vector of any = value;
                        for ( i in all )
                            print id, cat(all[i]), type_name(all[i]), location;
                    }
                    else
                        print id, value, type_name(value), location;
                    return value;
                }
                event zeek_init() {
                    for ( id in set("size", "sizes") )
                        Option::set_change_handler(id, changed, -100);
                    Log::disable_stream(Config::LOG);
                    Option::set("size", 7, "here");
                    Option::set("sizes", vector(8, 9), "there");
                    print size, sizes;
                    Option::set("sizes", vector());
                    print sizes;
                    terminate();
                }
                """;
        assertEquals("size, 7, count, here|sizes, 8, count, there|sizes, 9, count, there|7, [8, 9]|[]", run(script));
    }

    @Test
    void summariesOfAnEpochAreReducedAndThresholdsCrossed() throws Exception {
        String script = """
                @load base/frameworks/sumstats
                event zeek_init() {
                    local r: SumStats::Reducer = [$stream="seen", $num_last_elements=1, $num_samples=9, $apply=set(
                        SumStats::SUM, SumStats::AVERAGE, SumStats::MIN, SumStats::MAX, SumStats::STD_DEV,
                        SumStats::UNIQUE, SumStats::LAST, SumStats::SAMPLE, SumStats::HLL_UNIQUE)];
                    SumStats::create([$name="s", $epoch=0secs, $reducers=set(r), $threshold_series=vector(3.0, 10.0),
                        $threshold_val(key: SumStats::Key, result: SumStats::Result) = { return result["seen"]$sum; },
                        $threshold_crossed(key: SumStats::Key, result: SumStats::Result) = {
                            print "crossed", SumStats::key2str(key), result["seen"]$sum;
                        },
                        $epoch_result(ts: time, key: SumStats::Key, result: SumStats::Result) = {
                            local v = result["seen"];
                            print v$num, v$sum, v$average, v$min, v$max, v$variance, v$std_dev, v$unique, v$hll_unique,
                                |v$samples|, SumStats::get_last(v)[0]$num;
                        },
                        $epoch_finished(ts: time) = { terminate(); }]);
                    for ( _, n in vector(1, 3, 1, 3) )
                        SumStats::observe("seen", [$host=1.2.3.4], [$num=n]);
                    SumStats::observe("nobody asked", [$str="x"], [$num=1]);
                    print SumStats::next_epoch("s"), SumStats::next_epoch("none");
                }
                """;
        assertEquals(
                "crossed, sumstats_key(host=1.2.3.4), 4.0|T, F|4, 8.0, 2.0, 1.0, 3.0, 1.333333, 1.154701, 2, 2, 4, 3",
                run(script));
    }

    @Test
    void nothingRunsWithoutAStream() throws Exception {
        try (ScriptEngine engine = start("event zeek_init() { }")) {
            assertTrue(engine.input().isIdle());
            turn(engine);
            assertEquals(0, threads());
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> Objects.requireNonNullElse(t.getName(), "").startsWith("input "))
                .count();
    }
}
