package dev.tandem.script.source;

/**
 * A place in a script.
 *
 * @param source the file
 * @param line from 1; 0 when the place is not in a file
 * @param column from 1, in bytes
 */
public record Position(Source source, int line, int column) {
    public static final Position NONE = new Position(new Source("<no location>", "", new byte[0]), 0, 0);

    /** {@code FILE, line N}: Zeek's wording. */
    @Override
    public String toString() {
        return line == 0 ? source.name() : source.name() + ", line " + line;
    }
}
