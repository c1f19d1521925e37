package dev.tandem.hostprotocol.query;

import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** SQLite's own words out of the driver's messages. */
public final class SqlErrors {
    private SqlErrors() {}

    /** {@code no such table: x} and the like. */
    public static String reason(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof SQLiteException sqlite) {
            String before = sqlite.getResultCode() + " (";
            if (message.startsWith(before) && message.endsWith(")")) {
                return message.substring(before.length(), message.length() - 1);
            }
        }
        return message;
    }
}
