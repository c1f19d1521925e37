package dev.tandem.hostprotocol.query;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of an SQL text, found without understanding it: enough to know which tables might be meant. Comments are
 * skipped; quoted text counts as a word, since SQLite takes any quotes around a name.
 */
final class SqlWords {
    private final Set<String> all = new LinkedHashSet<>();
    private @Nullable String first;
    private int firstEnd;
    private int secondEnd;
    private @Nullable String second;
    private boolean star;

    private SqlWords() {}

    static SqlWords of(String sql) {
        SqlWords words = new SqlWords();
        int at = 0;
        while (at < sql.length()) {
            at = words.take(sql, at);
        }
        return words;
    }

    /** Every word, lower case, in order of first occurrence. */
    Set<String> all() {
        return all;
    }

    /** Whether it starts as a statement that only reads does. */
    boolean startsAsQuery() {
        return first != null && (first.equals("select") || first.equals("with") || first.equals("values"));
    }

    boolean hasStar() {
        return star;
    }

    /** Where a further common table expression goes in front of the others of a WITH; -1 when it has none. */
    int afterWith() {
        if (!"with".equals(first)) {
            return -1;
        }
        return "recursive".equals(second) ? secondEnd : firstEnd;
    }

    private int take(String sql, int at) {
        char c = sql.charAt(at);
        if (sql.startsWith("--", at)) {
            return after(sql, "\n", at + 2);
        }
        if (sql.startsWith("/*", at)) {
            return after(sql, "*/", at + 2);
        }
        if (c == '\'' || c == '"' || c == '`' || c == '[') {
            int end = after(sql, c == '[' ? "]" : String.valueOf(c), at + 1);
            add(sql.substring(at + 1, Math.max(at + 1, end - 1)), end);
            return end;
        }
        if (!isWordPart(c)) {
            star |= c == '*';
            return at + 1;
        }
        int end = at + 1;
        while (end < sql.length() && isWordPart(sql.charAt(end))) {
            end++;
        }
        add(sql.substring(at, end), end);
        return end;
    }

    private void add(String word, int end) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (first == null) {
            first = lower;
            firstEnd = end;
        } else if (second == null) {
            second = lower;
            secondEnd = end;
        }
        all.add(lower);
    }

    private static int after(String sql, String mark, int from) {
        int at = sql.indexOf(mark, from);
        return at < 0 ? sql.length() : at + mark.length();
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
