package dev.tandem.script.input;

import org.jspecify.annotations.Nullable;

/** Closes what was only read: whether that fails matters to nobody. */
final class Closing {
    private Closing() {}

    static void quietly(@Nullable AutoCloseable... read) {
        for (AutoCloseable r : read) {
            if (r != null) {
                try {
                    r.close();
                } catch (Exception e) {
                    // it was only read
                }
            }
        }
    }
}
