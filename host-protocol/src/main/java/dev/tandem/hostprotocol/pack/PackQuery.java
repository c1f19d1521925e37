package dev.tandem.hostprotocol.pack;

/** A query of a pack, by the names that both have in their files. */
public record PackQuery(String pack, String name) {
    private static final String START = "pack";

    /** Its name in the lines of a host whose {@code --pack_delimiter} is that (osquery {@code config/config.cpp}). */
    String lineName(String delimiter) {
        return START + delimiter + pack + delimiter + name;
    }

    /** Whether a line's name is that of this query, whatever the host's delimiter. */
    boolean isNamed(String line) {
        int delimiters = line.length() - START.length() - pack.length() - name.length();
        if (delimiters < 2 || delimiters % 2 != 0 || !line.startsWith(START) || !line.endsWith(name)) {
            return false;
        }
        int half = delimiters / 2;
        return line.startsWith(pack, START.length() + half)
                && line.regionMatches(START.length(), line, START.length() + half + pack.length(), half);
    }
}
