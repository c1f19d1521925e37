package dev.tandem.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The attribution in conn.log against the truth of a scenario: counts what {@code score.py} of the recorded scenarios counts. */
record AttributionScore(int all, int right, int wrong) {
    /** Rows and truth may differ by so much in time. */
    private static final double SECONDS = 2;

    static AttributionScore of(Path truth, LogFile conn) {
        return of(truth, conn, (row, end) -> row);
    }

    /** The same by what was said last: the row of each end in attribution.log with the highest revision. */
    static AttributionScore ofLastRevisions(Path truth, LogFile conn, LogFile attribution) {
        Map<String, Map<String, String>> last = new HashMap<>();
        for (Map<String, String> row : attribution.rows()) {
            // Rows are written in order; a later one is a later revision.
            last.put(row.get("uid") + (row.get("is_orig").equals("T") ? " orig" : " resp"), row);
        }
        return of(truth, conn, (row, end) -> {
            Map<String, String> said = last.getOrDefault(row.getOrDefault("uid", "") + " " + end, Map.of());
            return Map.of(end + "_pid", said.getOrDefault("pid", "-"), end + "_user", said.getOrDefault("user", "-"));
        });
    }

    /** Gives what was said of an end of a connection, as columns of conn.log. */
    private interface Said {
        Map<String, String> of(Map<String, String> connRow, String end);
    }

    private static AttributionScore of(Path truth, LogFile conn, Said said) {
        Map<String, List<Map<String, String>>> rows = new HashMap<>();
        for (Map<String, String> row : conn.rows()) {
            rows.computeIfAbsent(
                            String.join(
                                    " ",
                                    row.get("proto"),
                                    row.get("id.orig_h"),
                                    row.get("id.orig_p"),
                                    row.get("id.resp_h"),
                                    row.get("id.resp_p")),
                            k -> new ArrayList<>())
                    .add(row);
        }
        int[] n = new int[3];
        for (Map<String, String> t : truth(truth)) {
            String key = String.join(" ", t.get("proto"), t.get("src"), t.get("sport"), t.get("dst"), t.get("dport"));
            double start = Double.parseDouble(t.get("start"));
            Map<String, String> row = rows.getOrDefault(key, List.of()).stream()
                    .filter(r -> Math.abs(Double.parseDouble(r.get("ts")) - start) <= SECONDS)
                    .findFirst()
                    .orElse(Map.of());
            count(n, t, "init", said.of(row, "orig"), "orig");
            count(n, t, "resp", said.of(row, "resp"), "resp");
        }
        return new AttributionScore(n[0], n[1], n[2]);
    }

    private static void count(int[] n, Map<String, String> t, String end, Map<String, String> row, String ours) {
        String pid = t.get(end + "_pid");
        if (t.get(end + "_uuid").equals("-") || pid.equals("-")) {
            return;
        }
        n[0]++;
        String said = row.getOrDefault(ours + "_pid", "-");
        if (said.equals(pid) && t.get(end + "_user").equals(row.get(ours + "_user"))) {
            n[1]++;
        } else if (!said.equals("-")) {
            n[2]++;
        }
    }

    private static List<Map<String, String>> truth(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String[] names = lines.get(0).split("\t");
            List<Map<String, String>> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] values = line.split("\t");
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < names.length; i++) {
                    row.put(names[i], values[i]);
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Scores logs by hand: TRUTH CONN-LOG [ATTRIBUTION-LOG, whose last revisions count then]. */
    public static void main(String[] args) {
        LogFile conn = LogFile.read(Path.of(args[1]));
        AttributionScore score = args.length > 2
                ? ofLastRevisions(Path.of(args[0]), conn, LogFile.read(Path.of(args[2])))
                : of(Path.of(args[0]), conn);
        System.out.printf(
                "right %.1f %% of %d ends, wrong %.1f %%%n", score.rightPercent(), score.all, score.wrongPercent());
    }

    double rightPercent() {
        return 100.0 * right / all;
    }

    double wrongPercent() {
        return 100.0 * wrong / all;
    }
}
