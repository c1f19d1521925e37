package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.it.DaemonRunner.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many ends of made-up networks' connections are named rightly, and with less and less to go by. */
class AttributionScoreIT {
    @TempDir
    Path folder;

    private List<String> lines = new ArrayList<>();
    private List<String> arrivals = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        new Scenario(1).write(folder);
        read();
    }

    private void read() throws IOException {
        lines = new ArrayList<>(Files.readAllLines(folder.resolve("osquery.ndjson")));
        arrivals = new ArrayList<>(Files.readAllLines(folder.resolve("osquery.arrival")));
    }

    private Run run(String... more) {
        try {
            Files.write(folder.resolve("osquery.ndjson"), lines);
            Files.write(folder.resolve("osquery.arrival"), arrivals);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> args = new ArrayList<>(
                List.of("-r", "capture.pcap", "--host-results", "osquery.ndjson", "--host-arrival", "osquery.arrival"));
        args.addAll(List.of(more));
        Run run = new DaemonRunner(folder).run(args.toArray(String[]::new));
        assertEquals("", run.err());
        assertEquals(0, run.status());
        return run;
    }

    private void assertScore(Run run, double leastRight, double mostWrong) {
        assertScore(AttributionScore.of(folder.resolve("truth.tsv"), run.log("conn")), leastRight, mostWrong);
    }

    private static void assertScore(AttributionScore score, double leastRight, double mostWrong) {
        assertTrue(score.all() > 2000, score::toString);
        assertTrue(score.rightPercent() >= leastRight, score::toString);
        assertTrue(score.wrongPercent() <= mostWrong, score::toString);
    }

    private void removeIf(Predicate<String> condition) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (condition.test(lines.get(i))) {
                lines.remove(i);
                arrivals.remove(i);
            }
        }
    }

    @Test
    void nearlyAllEndsAreNamedAndHardlyAnyWrongly() {
        Run run = run();
        assertScore(run, 98, 0.5);
        LogFile attribution = run.log("attribution");
        assertTrue(attribution.rows().stream().anyMatch(row -> row.get("method").equals("accept")));
        assertTrue(attribution.rows().stream()
                .allMatch(row -> Double.parseDouble(row.get("confidence")) <= 1.000001
                        && Double.parseDouble(row.get("delay")) >= 0));
    }

    /** Scored when the matching was done: nothing was adjusted to it. */
    @Test
    void aNetworkThatNothingWasAdjustedToIsNamedToo() throws IOException {
        Files.delete(folder.resolve("osquery.ndjson"));
        Files.delete(folder.resolve("osquery.arrival"));
        new Campus(1).write(folder);
        read();
        assertScore(run(), 97, 1);
    }

    /** Behind a router only place, time and order tell: of hosts that go to one place at once either is left open. */
    @Test
    void hostsBehindARouterAreNamedByPlaceAndTime() throws IOException {
        Files.delete(folder.resolve("osquery.ndjson"));
        Files.delete(folder.resolve("osquery.arrival"));
        BehindRouter network = new BehindRouter(1, 2);
        network.write(folder);
        read();
        Run run = run("-e", network.heardFrom());
        AttributionScore score = AttributionScore.of(folder.resolve("truth.tsv"), run.log("conn"));
        assertTrue(score.all() > 1000, score::toString);
        assertTrue(score.rightPercent() >= 48, score::toString);
        assertTrue(score.wrongPercent() <= 1, score::toString);
        assertTrue(run.log("attribution").rows().stream()
                .anyMatch(row -> row.get("method").equals("translated")));
    }

    @Test
    void severalShardsNameTheSameEnds() {
        String[] ends = {"ts", "id.orig_p", "orig_pid", "orig_user", "resp_pid", "resp_user", "orig_attribution"};
        List<String> one = run().log("conn").select(ends).stream().sorted().toList();
        Run three = run("--shards", "3");
        assertScore(three, 98, 0.5);
        assertEquals(one, three.log("conn").select(ends).stream().sorted().toList());
    }

    @Test
    void withATenthOfTheRowsLostEndsAreLeftOpenRatherThanNamedWrongly() {
        Random random = new Random(7);
        removeIf(line -> (line.contains("_events\"") || line.contains("\"processes\"")) && random.nextInt(10) == 0);
        assertScore(run(), 87, 1.5);
    }

    @Test
    void clocksThatAreThreeSecondsOffDoLittleHarm() {
        Pattern times = Pattern.compile("(\"unixTime\":|\"time\":\")(\\d+)");
        lines.replaceAll(line -> {
            Matcher m = times.matcher(line);
            return m.replaceAll(r -> r.group(1) + (Long.parseLong(r.group(2)) - 3));
        });
        assertScore(run(), 97, 1);
    }

    @Test
    void rowsAMinuteLateAreUsedWhenTheyAreWaitedForAndReviseWhatWasSaidOtherwise() {
        for (int i = 0; i < arrivals.size(); i++) {
            if (!lines.get(i).contains("\"interface_addresses\"")) {
                arrivals.set(i, String.format(Locale.ROOT, "%.6f", Double.parseDouble(arrivals.get(i)) + 60));
            }
        }
        assertScore(run("Attribution::grace=120sec"), 98, 0.5);
        Run run = run();
        AttributionScore early = AttributionScore.of(folder.resolve("truth.tsv"), run.log("conn"));
        assertTrue(early.wrongPercent() <= 0.5, early::toString);
        assertTrue(early.rightPercent() >= 6, early::toString);
        // What is said last is as good as if the rows had been waited for.
        assertScore(
                AttributionScore.ofLastRevisions(folder.resolve("truth.tsv"), run.log("conn"), run.log("attribution")),
                98,
                0.5);
        assertTrue(run.log("attribution").rows().stream()
                        .filter(row -> !row.get("revision").equals("0")
                                && !row.get("pid").equals("-"))
                        .count()
                > 1000);
    }
}
