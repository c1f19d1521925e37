package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our logs beside those that Zeek writes for the same traces. The traces and Zeek's logs are no part of the project: they lie
 * in {@code ../shared/oracle} beside the checkout, or where the property {@code tandem.oracle} says; without them the test is
 * skipped.
 */
class OracleIT {
    private static final Path ORACLE = Path.of(System.getProperty(
            "tandem.oracle",
            DaemonRunner.CHECKOUT.resolve("../shared/oracle").normalize().toString()));

    private static final Path SHIPPED = DaemonRunner.CHECKOUT.resolve("script-engine/src/main/scripts");

    /** A script folder that a pair loads. */
    private static final Pattern PROTOCOL = Pattern.compile("\"(base/protocols/[a-z0-9-]+)\"");

    private static final long MOST_MINUTES = 10;

    @TempDir
    Path scratch;

    @BeforeEach
    void isThere() {
        assumeTrue(
                Files.isRegularFile(ORACLE.resolve("compare_logs.py")),
                "nothing compared with Zeek's logs: there is no " + ORACLE);
    }

    /** Empty scripts for protocols that have none yet, so that what else a pair says can be compared. */
    private String standIns() throws IOException {
        TreeSet<String> loaded = new TreeSet<>();
        Matcher m = PROTOCOL.matcher(Files.readString(ORACLE.resolve("pairs.json")));
        while (m.find()) {
            loaded.add(m.group(1));
        }
        List<String> missing = new ArrayList<>();
        for (String folder : loaded) {
            if (!Files.isDirectory(SHIPPED.resolve(folder))) {
                Path standIn =
                        Files.createDirectories(scratch.resolve("scripts").resolve(folder));
                Files.createFile(standIn.resolve("__load__.zeek"));
                missing.add(folder);
            }
        }
        return missing.isEmpty() ? "." : "." + File.pathSeparator + scratch.resolve("scripts");
    }

    /**
     * @param least how many pairs must be equal, the service column left out
     */
    @ParameterizedTest
    @CsvSource({"conn.log, 41", "tunnel.log, 14", "weird.log, 15", "http.log, 27"})
    void asManyPairsAreEqualAsEver(String log, int least, TestReporter reporter)
            throws IOException, InterruptedException {
        Path out = scratch.resolve("out");
        ProcessBuilder comparison = new ProcessBuilder(
                        "python3",
                        ORACLE.resolve("compare_logs.py").toString(),
                        "--engine",
                        DaemonRunner.CHECKOUT.resolve("bin/tandem").toString(),
                        "--log",
                        log,
                        "--ignore",
                        "service",
                        "-v")
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        comparison.environment().keySet().removeIf(name -> name.startsWith("ZEEK") || name.startsWith("BRO"));
        comparison.environment().put("ZEEKPATH", standIns());
        comparison.environment().put("TANDEM_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        Process process = comparison.start();
        try {
            assertTrue(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES), "still comparing");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly); // the engines it runs
            process.destroyForcibly();
        }
        String told = Files.readString(out, StandardCharsets.UTF_8);
        Matcher result =
                Pattern.compile("^equal (\\d+) / (\\d+)", Pattern.MULTILINE).matcher(told);
        assertTrue(result.find(), told);
        reporter.publishEntry(log, result.group(1) + " / " + result.group(2) + " pairs equal");
        assertTrue(Integer.parseInt(result.group(1)) >= least, told);
    }
}
