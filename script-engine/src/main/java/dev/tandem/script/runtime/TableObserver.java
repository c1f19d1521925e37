package dev.tandem.script.runtime;

import org.jspecify.annotations.Nullable;

/** Is told what happens to a table: expiry, &on_change handlers and {@code when} conditions hang here. */
public interface TableObserver {
    void inserted(TableValue table, int entry);

    void changed(TableValue table, int entry, @Nullable Object old);

    void removed(TableValue table, Object key, @Nullable Object old);

    /** An entry was looked up by key, not merely passed in a loop. */
    void read(TableValue table, int entry);
}
