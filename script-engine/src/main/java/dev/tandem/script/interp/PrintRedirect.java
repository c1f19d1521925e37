package dev.tandem.script.interp;

import dev.tandem.script.runtime.FileValue;
import dev.tandem.script.types.Type;
import org.jspecify.annotations.Nullable;

/** Takes what {@code print} would write. Engine thread. */
public interface PrintRedirect {
    /**
     * @param file where it is printed to, also the first of the values; null for standard output
     * @param types static types of the values
     * @return false to have it printed after all
     */
    boolean take(@Nullable FileValue file, Object[] values, Type[] types);
}
