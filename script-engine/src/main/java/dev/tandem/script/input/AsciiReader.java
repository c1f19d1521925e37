package dev.tandem.script.input;

import dev.tandem.core.value.Port;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files of separated columns whose first line names them, such as text logs (zeek {@code
 * src/input/readers/ascii/Ascii.cc}). Lines that begin with {@code #} are left out, but for {@code #fields}.
 */
final class AsciiReader implements Reader {
    /** Where a column is in a line; -1 when the file does not have it. */
    private record Place(Column column, int at, int protocolAt) {}

    private static final String HEADER = "#fields";

    private final ReaderJob job;
    private final ReaderFeed feed;
    private final String name;
    private final Path path;
    private final String separator;
    private final String setSeparator;
    private final boolean failsOnLine;
    private final boolean failsOnFile;
    private final FieldText fields;
    private List<Place> places = List.of();
    private @Nullable LineFile lines;
    private @Nullable FileVersion version;
    private boolean isLost;

    AsciiReader(ReaderJob job, ReaderFeed feed, ReaderOptions options, Path directory) {
        this.job = job;
        this.feed = feed;
        name = SourcePath.name(job.source(), options.text("path_prefix", ""));
        path = directory.resolve(name);
        separator = job.text("separator", options.text("separator", "\t"));
        setSeparator = job.text("set_separator", options.text("set_separator", ","));
        failsOnLine = job.flag("fail_on_invalid_lines", options.flag("fail_on_invalid_lines", false));
        failsOnFile = job.flag("fail_on_file_problem", options.flag("fail_on_file_problem", false));
        fields = new FieldText(
                first(setSeparator),
                job.text("empty_field", options.text("empty_field", "(empty)")),
                job.text("unset_field", options.text("unset_field", "-")),
                feed::warning);
    }

    private static String first(String text) {
        return text.isEmpty() ? "\0" : text.substring(0, 1);
    }

    @Override
    public boolean open() {
        if (separator.length() != 1) {
            feed.error("separator length has to be 1. Separator will be truncated.");
        }
        if (setSeparator.length() != 1) {
            feed.error("set_separator length has to be 1. Separator will be truncated.");
        }
        return update();
    }

    @Override
    public boolean update() {
        FileVersion now = null;
        if (job.mode() == ReadMode.REREAD) {
            try {
                now = FileVersion.of(path);
            } catch (IOException e) {
                if (version != null && !isLost) {
                    isLost = true;
                    return trouble("Could not get stat for " + name);
                }
            }
            if (now != null && now.equals(version)) {
                isLost = false;
                return true;
            }
            if (now != null && version != null) {
                feed.unmute();
            }
        }
        if (lines == null && !openFile()) {
            return !failsOnFile;
        }
        version = now;
        isLost = false;
        return readLines();
    }

    private boolean trouble(String message) {
        feed.trouble(failsOnFile, message);
        return !failsOnFile;
    }

    private boolean openFile() {
        try {
            lines = new LineFile(path);
        } catch (IOException e) {
            trouble("Init: cannot open " + name);
            return false;
        }
        if (!readHeader()) {
            trouble("Init: cannot open " + name + "; problem reading file header");
            close();
            return false;
        }
        feed.unmute();
        return true;
    }

    /** Finds the columns. */
    private boolean readHeader() {
        String header = nextLine();
        if (header == null) {
            trouble("Could not read input data file " + name + "; first line could not be read");
            return false;
        }
        List<String> names = Arrays.asList(split(header));
        List<Place> found = new ArrayList<>();
        for (Column column : job.columns()) {
            int at = names.indexOf(column.name());
            if (at < 0 && !column.isOptional()) {
                trouble("Did not find requested field " + column.name() + " in input data file " + name + ".");
                return false;
            }
            String protocol = column.protocolColumn();
            int protocolAt = at < 0 || protocol == null || protocol.isEmpty() ? -1 : names.indexOf(protocol);
            if (at >= 0 && protocol != null && !protocol.isEmpty() && protocolAt < 0) {
                trouble("Could not find requested port type field " + protocol + " in input data file " + name + ".");
                return false;
            }
            found.add(new Place(column, at, protocolAt));
        }
        places = found;
        return true;
    }

    /** The next line that counts, a header without its mark; null at the end. */
    private @Nullable String nextLine() {
        LineFile open = lines;
        try {
            for (String line = open == null ? null : open.next(); open != null && line != null; line = open.next()) {
                if (line.startsWith(HEADER) && line.startsWith(first(separator), HEADER.length())) {
                    return line.substring(HEADER.length() + 1);
                }
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    return line;
                }
            }
        } catch (IOException e) {
            trouble("Could not read input data file " + name + ": " + e.getMessage());
        }
        return null;
    }

    private boolean readLines() {
        for (String line = nextLine(); line != null; line = nextLine()) {
            feed.at(name, lines == null ? 0 : lines.number());
            Object[] values = values(line);
            if (values != null) {
                feed.unmute();
                if (job.mode() == ReadMode.STREAM) {
                    feed.put(values);
                } else {
                    feed.entry(values);
                }
            } else if (feed.hasFailed()) {
                return false;
            }
        }
        if (job.mode() != ReadMode.STREAM) {
            close();
            feed.end();
        }
        feed.unmute();
        return true;
    }

    /** Null when the line is not good, with the reason told. */
    private @Nullable Object @Nullable [] values(String line) {
        String[] parts = split(line);
        @Nullable Object[] values = new Object[places.size()];
        for (int i = 0; i < values.length; i++) {
            Place place = places.get(i);
            if (place.at >= parts.length || place.protocolAt >= parts.length) {
                feed.trouble(
                        failsOnLine,
                        "Not enough fields in line '" + line + "' of " + name + ". Found " + (parts.length - 1)
                                + " fields, want positions " + place.at + " and " + place.protocolAt);
                return null;
            }
            if (place.at >= 0) {
                Object value = fields.read(parts[place.at], place.column.name(), place.column.type());
                if (value == null) {
                    feed.warning("Could not convert line '" + line + "' of " + name + " to Val. Ignoring line.");
                    return null;
                }
                if (value instanceof Port p && place.protocolAt >= 0) {
                    value = Port.of(p.number(), fields.protocolField(parts[place.protocolAt]));
                }
                values[i] = value == FieldText.UNSET ? null : value;
            }
        }
        return values;
    }

    private String[] split(String line) {
        char c = first(separator).charAt(0);
        int count = 1;
        for (int at = line.indexOf(c); at >= 0; at = line.indexOf(c, at + 1)) {
            count++;
        }
        String[] parts = new String[count];
        int from = 0;
        for (int i = 0; i < count; i++) {
            int to = i == count - 1 ? line.length() : line.indexOf(c, from);
            parts[i] = line.substring(from, to);
            from = to + 1;
        }
        return parts;
    }

    @Override
    public void close() {
        Closing.quietly(lines);
        lines = null;
    }
}
