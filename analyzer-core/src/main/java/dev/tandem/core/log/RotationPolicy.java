package dev.tandem.core.log;

/**
 * When a log rotates, for writers that tell or remember it; the engine decides and calls {@link LogWriter#rotate}.
 *
 * @param intervalSeconds how often; 0 for never
 * @param baseSeconds time of day from which that is counted; -1 counts from 1970
 * @param postprocessor full name of the script function that is given the rotated file; empty when it has no name
 */
public record RotationPolicy(double intervalSeconds, int baseSeconds, String postprocessor) {
    public static final RotationPolicy NEVER = new RotationPolicy(0, -1, "");
}
