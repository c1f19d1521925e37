package dev.tandem.core.analyzer;

/**
 * Recognises a protocol by what each side of a connection begins with, whatever the port. Stateless; engine thread.
 *
 * <p>An analyzer is attached once both sides have matched. A protocol in which one side says nothing typical answers {@link
 * Match#YES} for that side.
 */
@FunctionalInterface
public interface ProtocolDetector {
    /** Answers of a detector. */
    enum Match {
        YES,
        NO,
        /** It may still be; ask again when more has come. */
        MORE
    }

    /** Of the first bytes of one side, at least one. */
    Match match(boolean fromOriginator, byte[] data, int from, int to);
}
