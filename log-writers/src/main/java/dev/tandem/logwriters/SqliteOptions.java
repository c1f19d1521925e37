package dev.tandem.logwriters;

import dev.tandem.core.value.Bytes;
import java.util.Locale;
import java.util.Map;

/**
 * The options of logs in SQLite databases, named as the script constants {@code LogSQLite::NAME} (zeek {@code
 * src/logging/writers/sqlite/SQLite.cc}).
 *
 * @param setSeparator between the elements of a set or vector, which is text in one column
 * @param unsetField an unset element; an unset column is NULL
 * @param emptyField an empty set or vector, or an empty string in one; an empty string column is NULL, as in Zeek
 * @param synchronous value of the pragma of that name; empty for SQLite's own
 * @param journalMode value of the pragma {@code journal_mode}; empty for SQLite's own
 * @param logdir where relative log paths begin; empty for the working directory
 */
public record SqliteOptions(
        Bytes setSeparator, Bytes unsetField, Bytes emptyField, String synchronous, String journalMode, String logdir) {
    public static final SqliteOptions DEFAULTS = of(Map.of());

    /**
     * The defaults with changes.
     *
     * @param changes by bare name; the pragmas as the script enums' constants, {@code
     *     LogSQLite::SQLITE_SYNCHRONOUS_OFF}
     */
    public static SqliteOptions of(Map<String, String> changes) {
        return new SqliteOptions(
                Bytes.of(changes.getOrDefault("set_separator", ",")),
                Bytes.of(changes.getOrDefault("unset_field", "-")),
                Bytes.of(changes.getOrDefault("empty_field", "(empty)")),
                pragma(changes.getOrDefault("synchronous", ""), "SQLITE_SYNCHRONOUS_"),
                pragma(changes.getOrDefault("journal_mode", ""), "SQLITE_JOURNAL_MODE_"),
                changes.getOrDefault("logdir", ""));
    }

    private static String pragma(String constant, String prefix) {
        int at = constant.indexOf(prefix);
        String value = at < 0 ? "" : constant.substring(at + prefix.length());
        return value.toUpperCase(Locale.ROOT).matches("[A-Z]+") && !value.equals("DEFAULT") ? value : "";
    }
}
