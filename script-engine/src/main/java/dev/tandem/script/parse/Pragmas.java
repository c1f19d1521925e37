package dev.tandem.script.parse;

import dev.tandem.script.check.Diagnostics;
import dev.tandem.script.source.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code @pragma push} switched on, until {@code @pragma pop} in the same file (zeek {@code src/scan.l}). */
final class Pragmas {
    private static final String IGNORE_DEPRECATIONS = "ignore-deprecations";

    private final Diagnostics diagnostics;
    private final List<String> pushed = new ArrayList<>();

    Pragmas(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    int depth() {
        return pushed.size();
    }

    boolean ignoresDeprecations() {
        return pushed.contains(IGNORE_DEPRECATIONS);
    }

    /**
     * Obeys a directive.
     *
     * @param text what stands behind {@code @pragma}
     * @param atEntry depth at the beginning of the file
     * @return an error behind which nothing more can be read, or null
     */
    @Nullable
    String apply(Position at, String text, int atEntry) {
        String[] words = text.strip().split("\\s+");
        String value = words.length > 1 ? words[1] : null;
        switch (words[0]) {
            case "" -> {
                return "@pragma without value";
            }
            case "push" -> {
                if (value == null) {
                    return "@pragma push without value";
                }
                if (!value.equals(IGNORE_DEPRECATIONS)) {
                    diagnostics.warning(at, "pushing unknown @pragma value '" + value + "'");
                }
                pushed.add(value);
            }
            case "pop" -> {
                if (pushed.size() <= atEntry) {
                    return "@pragma pop without active pragma";
                }
                String last = pushed.remove(pushed.size() - 1);
                if (value != null && !value.equals(last)) {
                    diagnostics.error(at, "@pragma pop with unexpected '" + value + "', expected '" + last + "'");
                }
            }
            default -> diagnostics.warning(at, "Ignoring unknown pragma: '" + text.strip() + "'");
        }
        return null;
    }
}
