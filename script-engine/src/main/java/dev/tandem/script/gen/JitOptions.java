package dev.tandem.script.gen;

import org.jspecify.annotations.Nullable;

/**
 * Whether and when scripts are compiled.
 *
 * @param threshold how often a body is interpreted before it is compiled; negative for always, and loops too
 * @param loopThreshold how many turns of an interpreted loop go by before it is compiled
 * @param dump the function, event or hook whose classes are to be written to the current directory, null for none
 */
public record JitOptions(
        int threshold, int loopThreshold, @Nullable String dump) {
    /** What is worth the compilation, where nothing else is asked for. */
    public static final JitOptions STANDARD = new JitOptions(2, 2000, null);

    public static final JitOptions OFF = new JitOptions(-1, 0, null);

    /** Everything at its first call. */
    public static final JitOptions AT_ONCE = new JitOptions(0, 0, null);

    /** By name: {@code off}; {@code bodies} or {@code loops} at once, so that tests see each; anything else is standard. */
    public static JitOptions named(String tier) {
        return switch (tier) {
            case "off" -> OFF;
            case "bodies" -> AT_ONCE;
            case "loops" -> new JitOptions(Integer.MAX_VALUE, 1, null);
            default -> STANDARD;
        };
    }

    public JitOptions withDump(@Nullable String name) {
        return new JitOptions(threshold, loopThreshold, name);
    }

    public boolean isOn() {
        return threshold >= 0;
    }
}
