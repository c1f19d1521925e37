package dev.tandem.core.log;

import java.io.IOException;

/** A log that a run before this one left behind because it died: neither rotated nor handed on. */
public interface LeftoverLog {
    /** Where it is. */
    String file();

    /** Its log's path: name without directory and suffix. */
    String path();

    /** Full name of the script function that was to be given the file; empty when that is not known. */
    String postprocessor();

    /** Seconds since 1970. */
    double openTime();

    /** When it was written to last, seconds since 1970. */
    double closeTime();

    /**
     * Moves it, and forgets that it was left behind.
     *
     * @param rotatedPath file path without suffix
     * @return the file's new name, with its suffix
     */
    String rotate(String rotatedPath) throws IOException;
}
