package dev.tandem.script.source;

/**
 * A place in a script.
 *
 * @param source the file
 * @param line from 1; 0 when the place is not in a file
 * @param column from 1, in bytes
 * @param lastLine where what stands there ends, {@code line} or later
 */
public record Position(Source source, int line, int column, int lastLine) {
    public static final Position NONE = new Position(new Source("<no location>", "", new byte[0]), 0, 0);

    /** A place on one line. */
    public Position(Source source, int line, int column) {
        this(source, line, column, line);
    }

    /** The same beginning, with an end: for what goes over several lines. */
    public Position upTo(int endLine) {
        return endLine <= lastLine || line == 0 ? this : new Position(source, line, column, endLine);
    }

    /**
     * Whether the script is of the time when the language was Bro's, by its name. What today's language refuses and that of
     * 2018 took is a warning there.
     */
    public boolean isOfBro() {
        return source.name().endsWith(".bro");
    }

    /** Whether it says where something is. */
    public boolean isKnown() {
        return line > 0;
    }

    /** {@code FILE, line N} or {@code FILE, lines N-M}: Zeek's wording. */
    @Override
    public String toString() {
        if (line == 0) {
            return source.name();
        }
        return source.name() + (lastLine > line ? ", lines " + line + "-" + lastLine : ", line " + line);
    }
}
