package dev.tandem.control.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The options of one prefix, from {@code etc/tandemctl.cfg}: lines {@code Key = value}, in any case, {@code #} begins a
 * comment, {@code ${Key}} stands for another option. Keys with a dot or that begin with {@code plugin.} are for others and
 * are kept.
 */
public final class ControlConfig {
    private static final int DEEPEST = 10;

    private final Path prefix;
    private final SortedMap<String, String> values;

    private ControlConfig(Path prefix, SortedMap<String, String> values) {
        this.prefix = prefix;
        this.values = values;
    }

    /** @throws ConfigException when the file has lines that are not understood, all of which the message names */
    public static ControlConfig read(Path prefix) throws ConfigException {
        SortedMap<String, String> values = new TreeMap<>();
        for (Option option : Option.values()) {
            values.put(option.key(), option.byDefault());
        }
        values.put("prefix", prefix.toString());
        Path file = prefix.resolve("etc/tandemctl.cfg");
        if (Files.exists(file)) {
            readInto(values, file);
        }
        ControlConfig config = new ControlConfig(prefix, values);
        for (Map.Entry<String, String> e : values.entrySet()) {
            e.setValue(config.expand(e.getValue(), file, 0));
        }
        config.checkValues(file);
        return config;
    }

    private static void readInto(Map<String, String> values, Path file) throws ConfigException {
        List<String> wrong = new ArrayList<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new ConfigException("cannot read " + file + ": " + e.getMessage());
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String key = equals < 0 ? line : line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            if (equals < 0) {
                wrong.add(file + ":" + (i + 1) + ": not of the form Key = value: " + line);
            } else if (!values.containsKey(key) && key.indexOf('.') < 0) {
                wrong.add(file + ":" + (i + 1) + ": there is no option '"
                        + line.substring(0, equals).strip() + "'; \"tandemctl config\" lists them");
            } else {
                values.put(key, line.substring(equals + 1).strip());
            }
        }
        if (!wrong.isEmpty()) {
            throw new ConfigException(String.join("\n", wrong));
        }
    }

    private String expand(String value, Path file, int depth) throws ConfigException {
        int begin = value.indexOf("${");
        if (begin < 0) {
            return value;
        }
        int end = value.indexOf('}', begin);
        if (end < 0) {
            return value;
        }
        String name = value.substring(begin + 2, end);
        String other = values.get(name.toLowerCase(Locale.ROOT));
        if (other == null || depth > DEEPEST) {
            throw new ConfigException(
                    file + ": ${" + name + "} " + (other == null ? "is no option" : "refers to itself"));
        }
        return expand(value.substring(0, begin) + other + value.substring(end + 1), file, depth + 1);
    }

    private void checkValues(Path file) throws ConfigException {
        List<Option> numbers = List.of(
                Option.CommTimeout,
                Option.CommandTimeout,
                Option.CronInterval,
                Option.LogRotationInterval,
                Option.MinDiskSpace,
                Option.RestartBackoffMax,
                Option.StopTimeout,
                Option.CrashExpireInterval,
                Option.StatsLogExpireInterval,
                Option.PcapBufsize,
                Option.PcapSnaplen);
        for (Option option : numbers) {
            String value = text(option);
            if (!value.matches("[0-9]{1,9}")) {
                throw new ConfigException(file + ": " + option + " is to be a whole number, not '" + value + "'");
            }
        }
        for (Option option : List.of(Option.SitePolicyScripts, Option.TandemArgs)) {
            if (!QuotedWords.isWhole(text(option))) {
                throw new ConfigException(file + ": " + option + " has a quote that is not closed: " + text(option));
            }
        }
        ExpireInterval.parse(text(Option.LogExpireInterval), file + ": LogExpireInterval");
    }

    public Path prefix() {
        return prefix;
    }

    public String text(Option option) {
        return values.getOrDefault(option.key(), "");
    }

    public int number(Option option) {
        return Integer.parseInt(text(option));
    }

    public boolean isOn(Option option) {
        String value = text(option).toLowerCase(Locale.ROOT);
        return value.equals("1") || value.equals("true") || value.equals("yes");
    }

    public Path path(Option option) {
        return prefix.resolve(text(option));
    }

    /** All of them by their lower-case names, those for others too. */
    public SortedMap<String, String> all() {
        return new TreeMap<>(values);
    }
}
