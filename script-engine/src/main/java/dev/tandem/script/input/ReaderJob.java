package dev.tandem.script.input;

import java.util.List;
import java.util.Map;

/**
 * What a reader is to read.
 *
 * @param name of the stream
 * @param source as the script gave it: a path, a command, ...
 * @param config the stream's own options
 */
record ReaderJob(String name, String source, ReadMode mode, Map<String, String> config, List<Column> columns) {
    /** A flag of {@link #config}, written T or F. */
    boolean flag(String option, boolean otherwise) {
        String text = config.get(option);
        return text == null ? otherwise : text.startsWith("T");
    }

    /** An option of {@link #config}. */
    String text(String option, String otherwise) {
        return config.getOrDefault(option, otherwise);
    }
}
