package dev.tandem.script.input;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.types.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files of options, a name and a value a line (zeek {@code src/input/readers/config/Config.cc}). A line comes as a row of two
 * strings, and to {@link Changed} with the value in the option's type; both only when the value's text has changed.
 */
final class ConfigReader implements Reader {
    /** Who hears of new values. Engine thread. */
    interface Changed {
        /** @param value as {@link Row} describes it */
        void changed(String option, Type type, Object value);
    }

    private final ReaderJob job;
    private final ReaderFeed feed;
    private final Path path;
    private final boolean failsOnFile;
    private final String setSeparator;
    private final FieldText fields;
    private final Map<String, Type> options;
    private final Changed changed;
    private final Map<String, String> known = new HashMap<>();
    private @Nullable FileVersion version;
    private boolean isLost;

    /** @param types of all options that there are, by full name */
    ConfigReader(
            ReaderJob job,
            ReaderFeed feed,
            ReaderOptions options,
            Path directory,
            Map<String, Type> types,
            Changed changed) {
        this.job = job;
        this.feed = feed;
        this.options = types;
        this.changed = changed;
        path = directory.resolve(job.source());
        failsOnFile = options.flag("fail_on_file_problem", false);
        String separator = options.text("set_separator", ",");
        setSeparator = separator.isEmpty() ? "\0" : separator.substring(0, 1);
        fields = new FieldText(setSeparator, options.text("empty_field", ""), "", feed::warning);
    }

    @Override
    public boolean open() {
        return update();
    }

    @Override
    public boolean update() {
        FileVersion now;
        try {
            now = FileVersion.of(path);
        } catch (IOException e) {
            boolean wasThere = version != null && !isLost;
            isLost = true;
            feed.trouble(failsOnFile, (wasThere ? "Could not get stat for " : "Init: cannot open ") + job.source());
            return !failsOnFile;
        }
        isLost = false;
        if (job.mode() != ReadMode.MANUAL && now.equals(version)) {
            return true;
        }
        feed.unmute();
        version = now;
        try (LineFile lines = new LineFile(path)) {
            read(lines);
        } catch (IOException e) {
            feed.trouble(failsOnFile, "Init: cannot open " + job.source());
            return !failsOnFile;
        }
        if (job.mode() != ReadMode.STREAM) {
            feed.end();
        }
        return true;
    }

    private void read(LineFile lines) throws IOException {
        Set<String> gone = new HashSet<>(known.keySet());
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (!line.isEmpty() && line.charAt(0) != '#') {
                gone.remove(take(line));
            }
        }
        known.keySet().removeAll(gone);
    }

    /** The name of the option that a good line sets; null when it sets none. */
    private @Nullable String take(String line) {
        int nameEnd = firstBlank(line);
        if (nameEnd <= 0) {
            feed.warning("Could not parse '" + line + "'; line has invalid format. Ignoring line.");
            return null;
        }
        String name = line.substring(0, nameEnd);
        Type type = options.get(name);
        if (type == null) {
            feed.warning("Option '" + name + "' does not exist. Ignoring line.");
            return null;
        }
        if (!Columns.canRead(type) || Columns.isRecord(type)) {
            feed.warning("Option '" + name + "' has type '" + type.describe()
                    + "', which is not supported for file input. Ignoring line.");
            return null;
        }
        String text = value(line, nameEnd);
        Object value = fields.read(text, name, type);
        if (value == null) {
            feed.warning("Could not convert line '" + line + "' to value. Ignoring line.");
            return null;
        }
        if (!text.equals(known.put(name, text))) {
            Bytes[] row = {Bytes.latin1(name), Bytes.latin1(text)};
            if (job.mode() == ReadMode.STREAM) {
                feed.put((Object[]) row);
            } else {
                feed.entry((Object[]) row);
            }
            feed.then(() -> changed.changed(name, type, value));
        }
        return name;
    }

    @Override
    public void close() {
        known.clear();
    }

    private static int firstBlank(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (isBlank(line.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Without the white space around it, and without set separators behind its first char. */
    private String value(String line, int from) {
        int start = from;
        while (start < line.length() && isBlank(line.charAt(start))) {
            start++;
        }
        int end = line.length();
        while (end > start + 1 && (isBlank(line.charAt(end - 1)) || line.charAt(end - 1) == setSeparator.charAt(0))) {
            end--;
        }
        return line.substring(start, end);
    }
}
