package dev.tandem.logwriters;

import dev.tandem.core.value.Bytes;
import java.util.Map;

/**
 * The options of text logs, named as the script constants {@code LogAscii::NAME} and the keys of a filter's {@code config}
 * table (zeek {@code src/logging/writers/ascii/Ascii.cc}). Immutable: {@link #with} gives a changed copy.
 */
public final class AsciiOptions {
    /** How JSON shows a time. */
    enum TimeFormat {
        TS_EPOCH,
        TS_MILLIS,
        TS_MILLIS_UNSIGNED,
        TS_ISO8601
    }

    /** How JSON shows bytes of a string that are no text. */
    enum StringEscapePolicy {
        STRING_ESCAPE_POLICY_HEX,
        STRING_ESCAPE_POLICY_PUA,
        STRING_ESCAPE_POLICY_TSV
    }

    /** Zeek's defaults; files end in {@code .log}, or what the environment's ZEEK_LOG_SUFFIX says. */
    public static final AsciiOptions DEFAULTS = new AsciiOptions();

    private Bytes separator = Bytes.of("\t");
    private Bytes setSeparator = Bytes.of(",");
    private Bytes emptyField = Bytes.of("(empty)");
    private Bytes unsetField = Bytes.of("-");
    private Bytes metaPrefix = Bytes.of("#");
    private boolean includeMeta = true;
    private boolean tsv;
    private boolean utf8 = true;
    private boolean useJson;
    private TimeFormat jsonTimestamps = TimeFormat.TS_EPOCH;
    private boolean jsonIncludeUnset;
    private StringEscapePolicy jsonEscapes = StringEscapePolicy.STRING_ESCAPE_POLICY_HEX;
    private boolean toStdout;
    private int gzipLevel;
    private String gzipExtension = "gz";
    private String logdir = "";
    private boolean tracksLeftovers;
    private String suffix = suffixFromEnvironment();

    private AsciiOptions() {}

    private AsciiOptions(AsciiOptions other) {
        separator = other.separator;
        setSeparator = other.setSeparator;
        emptyField = other.emptyField;
        unsetField = other.unsetField;
        metaPrefix = other.metaPrefix;
        includeMeta = other.includeMeta;
        tsv = other.tsv;
        utf8 = other.utf8;
        useJson = other.useJson;
        jsonTimestamps = other.jsonTimestamps;
        jsonIncludeUnset = other.jsonIncludeUnset;
        jsonEscapes = other.jsonEscapes;
        toStdout = other.toStdout;
        gzipLevel = other.gzipLevel;
        gzipExtension = other.gzipExtension;
        logdir = other.logdir;
        tracksLeftovers = other.tracksLeftovers;
        suffix = other.suffix;
    }

    private static String suffixFromEnvironment() {
        String suffix = System.getenv("ZEEK_LOG_SUFFIX");
        return suffix != null ? suffix : "log";
    }

    /**
     * These options with one changed.
     *
     * @param value {@code T} or {@code F}, a number, text, or an enum's full name such as {@code JSON::TS_MILLIS}
     * @throws IllegalArgumentException when there is no such option or the value is none of its values
     */
    public AsciiOptions with(String option, String value) {
        AsciiOptions changed = new AsciiOptions(this);
        changed.set(option, value);
        return changed;
    }

    /** These options with all of {@code changes}; see {@link #with(String, String)}. */
    public AsciiOptions with(Map<String, String> changes) {
        AsciiOptions changed = new AsciiOptions(this);
        changes.forEach(changed::set);
        return changed;
    }

    /** These options with another file name ending, without its dot. */
    public AsciiOptions withSuffix(String newSuffix) {
        AsciiOptions changed = new AsciiOptions(this);
        changed.suffix = newSuffix;
        return changed;
    }

    private void set(String option, String value) {
        switch (option) {
            case "separator" -> separator = Bytes.of(value);
            case "set_separator" -> setSeparator = Bytes.of(value);
            case "empty_field" -> emptyField = Bytes.of(value);
            case "unset_field" -> unsetField = Bytes.of(value);
            case "meta_prefix" -> metaPrefix = Bytes.of(value);
            case "include_meta" -> includeMeta = truth(option, value);
            case "tsv" -> tsv = truth(option, value);
            case "enable_utf_8" -> utf8 = truth(option, value);
            case "use_json" -> useJson = truth(option, value);
            case "json_timestamps" -> jsonTimestamps = constant(option, value, TimeFormat.values());
            case "json_include_unset_fields" -> jsonIncludeUnset = truth(option, value);
            case "json_string_escape_policy" -> jsonEscapes = constant(option, value, StringEscapePolicy.values());
            case "output_to_stdout" -> toStdout = truth(option, value);
            case "gzip_level" -> gzipLevel = level(value);
            case "gzip_file_extension" -> gzipExtension = value.isEmpty() ? "gz" : value;
            case "logdir" -> logdir = value;
            case "enable_leftover_log_rotation" -> tracksLeftovers = truth(option, value);
            default -> throw new IllegalArgumentException("text logs have no option '" + option + "'");
        }
    }

    private static boolean truth(String option, String value) {
        return switch (value) {
            case "T" -> true;
            case "F" -> false;
            default -> throw invalid(option, value, "must be \"T\" or \"F\"");
        };
    }

    private static int level(String value) {
        if (value.length() == 1 && Character.isDigit(value.charAt(0))) {
            return value.charAt(0) - '0';
        }
        throw invalid("gzip_level", value, "must be a number from 0 to 9");
    }

    private static <E extends Enum<E>> E constant(String option, String value, E[] constants) {
        StringBuilder names = new StringBuilder();
        for (E constant : constants) {
            String name = "JSON::" + constant.name();
            if (name.equals(value)) {
                return constant;
            }
            names.append(names.isEmpty() ? "" : ", ").append(name);
        }
        throw invalid(option, value, "must be one of " + names);
    }

    private static IllegalArgumentException invalid(String option, String value, String rule) {
        return new IllegalArgumentException("invalid value '" + value + "' for '" + option + "', " + rule);
    }

    Bytes separator() {
        return separator;
    }

    Bytes setSeparator() {
        return setSeparator;
    }

    Bytes emptyField() {
        return emptyField;
    }

    Bytes unsetField() {
        return unsetField;
    }

    Bytes metaPrefix() {
        return metaPrefix;
    }

    /** Whether a file begins with lines about itself: never in JSON. */
    boolean hasHeader() {
        return includeMeta && !useJson;
    }

    /** Whether the header is one line of column names and there is nothing else about the file. */
    boolean tsv() {
        return tsv;
    }

    boolean utf8() {
        return utf8;
    }

    boolean useJson() {
        return useJson;
    }

    TimeFormat jsonTimestamps() {
        return jsonTimestamps;
    }

    boolean jsonIncludeUnset() {
        return jsonIncludeUnset;
    }

    StringEscapePolicy jsonEscapes() {
        return jsonEscapes;
    }

    boolean toStdout() {
        return toStdout;
    }

    /** 0 for no compression. */
    int gzipLevel() {
        return gzipLevel;
    }

    /** Where relative log paths begin; empty for the working directory. */
    String logdir() {
        return logdir;
    }

    /** Whether logs that rotate have a {@link ShadowFile}, and those that are found at the start are rotated. */
    boolean tracksLeftovers() {
        return tracksLeftovers;
    }

    /** What is appended to a path to name its file: {@code .log} or {@code .log.gz}. */
    String extension() {
        return "." + suffix + (gzipLevel > 0 ? "." + gzipExtension : "");
    }
}
