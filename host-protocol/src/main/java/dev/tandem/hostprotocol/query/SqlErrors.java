package dev.tandem.hostprotocol.query;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQLite's own words out of the driver's messages. */
public final class SqlErrors {
    private static final Pattern WRAPPED = Pattern.compile("\\[SQLITE_\\w+]\\s+[^(]*\\((.*)\\)", Pattern.DOTALL);

    private SqlErrors() {}

    /** {@code no such table: x} and the like. */
    public static String reason(SQLException e) {
        String message = String.valueOf(e.getMessage());
        Matcher wrapped = WRAPPED.matcher(message);
        return wrapped.matches() ? wrapped.group(1) : message;
    }
}
