package dev.tandem.hostprotocol.result;

import dev.tandem.hostprotocol.query.KnownTables;
import dev.tandem.hostprotocol.query.TableCatalog;
import dev.tandem.hostprotocol.query.TableSchema;
import dev.tandem.hostprotocol.result.ResultLine.Content;
import dev.tandem.hostprotocol.result.ResultLine.Parsed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of result lines, read and put in order of arrival.
 *
 * @param batches by arrival
 * @param catalog every table that a line mentions or osquery has
 * @param lines result lines that were accepted
 * @param refused lines that were not
 */
record Recording(List<Batch> batches, TableCatalog catalog, int lines, int refused) {
    /** One accepted line; {@code rows} of its table are known to the catalog. */
    record Timed(double arrival, ResultLine line, String table) {}

    /**
     * @param arrivals file with one arrival time a line, seconds since 1970, for the result lines of the same numbers;
     *     null when each line arrived at its own unixTime
     * @param complaints is told of each line that is refused, as {@code file:line: reason}
     * @throws IOException when a file cannot be read; its message names the file
     */
    static Recording read(Path results, @Nullable Path arrivals, Consumer<String> complaints) throws IOException {
        Reading reading = new Reading(results, arrivals, complaints);
        reading.run();
        reading.lines.sort(Comparator.comparingDouble(Timed::arrival));
        List<Batch> batches = new Runs(reading.lines).batches();
        return new Recording(batches, reading.catalog, reading.lines.size(), reading.refused);
    }

    /** One pass over the files. */
    private static final class Reading {
        private static final int MOST_COMPLAINTS = 100;

        final TableCatalog catalog = new TableCatalog(KnownTables.shipped());
        final List<Timed> lines = new ArrayList<>();
        int refused;
        private final Path results;
        private final @Nullable Path arrivals;
        private final Consumer<String> complaints;
        private final ResultLineParser parser = new ResultLineParser();
        private final Map<List<String>, List<String>> lowerShapes = new HashMap<>();
        private final Map<String, Map<List<String>, String>> tables = new HashMap<>();

        Reading(Path results, @Nullable Path arrivals, Consumer<String> complaints) {
            this.results = results;
            this.arrivals = arrivals;
            this.complaints = complaints;
        }

        void run() throws IOException {
            try (LineReader reader = new LineReader(results)) {
                if (arrivals == null) {
                    readAll(reader, null);
                } else {
                    try (LineReader times = new LineReader(arrivals)) {
                        readAll(reader, times);
                    }
                }
            }
            if (refused > MOST_COMPLAINTS) {
                complaints.accept(results + ": " + refused + " lines refused in all");
            }
        }

        private void readAll(LineReader reader, @Nullable LineReader times) throws IOException {
            for (String text = reader.next(); text != null; text = reader.next()) {
                String time = times == null ? null : times.next();
                if (text.isBlank()) {
                    continue;
                }
                String reason = take(reader, text, times, time);
                if (reason != null && ++refused <= MOST_COMPLAINTS) {
                    complaints.accept(reason);
                }
            }
            if (times != null && times.next() != null) {
                complaints.accept(times.where() + "more times than " + results + " has lines");
            }
        }

        /** @return why the line is refused; null when it is not */
        private @Nullable String take(
                LineReader reader, String text, @Nullable LineReader times, @Nullable String time) {
            if (reader.wasTooLong()) {
                return reader.where() + "longer than " + LineReader.LONGEST + " bytes";
            }
            double arrival = Double.NaN;
            if (times != null) {
                arrival = time == null ? Double.NaN : Times.parse(time.strip());
                if (Double.isNaN(arrival)) {
                    return time == null
                            ? reader.where() + "no arrival time: " + times.file() + " has fewer lines"
                            : times.where() + "not a time in seconds";
                }
            }
            return switch (parser.parse(text)) {
                case Parsed.Refused refusal -> reader.where() + refusal.reason();
                case Parsed.Accepted accepted -> {
                    String reason = add(Double.isNaN(arrival) ? accepted.line().unixTime() : arrival, accepted.line());
                    yield reason == null ? null : reader.where() + reason;
                }
            };
        }

        private @Nullable String add(double arrival, ResultLine line) {
            List<ResultRow> rows = rows(line.content());
            String table = table(line.name(), rows);
            if (table.startsWith("sqlite_")) {
                return "SQLite keeps the name " + table + " to itself";
            }
            for (ResultRow row : rows) {
                if (!catalog.observe(table, lowerShape(row.columns()), row.values())) {
                    return "too many columns for one table";
                }
            }
            lines.add(new Timed(arrival, line, table));
            return null;
        }

        private String table(String name, List<ResultRow> rows) {
            List<String> columns =
                    rows.isEmpty() ? List.of() : lowerShape(rows.getFirst().columns());
            return tables.computeIfAbsent(name, n -> new HashMap<>()).computeIfAbsent(columns, c -> {
                TableSchema known = KnownTables.shipped().selectedBy(Names.lower(name), c);
                return known == null ? Names.lower(name) : known.name();
            });
        }

        private List<String> lowerShape(List<String> columns) {
            return lowerShapes.computeIfAbsent(columns, Names::lower);
        }
    }

    /** Every row of a line. */
    static List<ResultRow> rows(Content content) {
        return switch (content) {
            case Content.Snapshot snapshot -> snapshot.rows();
            case Content.SnapshotRow one -> List.of(one.row());
            case Content.Difference difference -> {
                if (difference.removed().isEmpty()) {
                    yield difference.added();
                }
                List<ResultRow> all = new ArrayList<>(difference.removed());
                all.addAll(difference.added());
                yield all;
            }
        };
    }
}
