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
            count(n, t, "init", row, "orig");
            count(n, t, "resp", row, "resp");
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

    double rightPercent() {
        return 100.0 * right / all;
    }

    double wrongPercent() {
        return 100.0 * wrong / all;
    }
}
