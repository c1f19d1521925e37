package dev.tandem.core.analyzer;

/**
 * Recognises a protocol by what each side of a connection begins with, whatever the port. Stateless; engine thread.
 *
 * <p>An analyzer is attached as soon as one side has matched, so that it is found in one-sided traffic too; when what one side
 * says is not typical enough, once both have.
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

    /** Whether both sides must match. */
    default boolean needsBothSides() {
        return false;
    }
}
