package dev.tandem.script.runtime;

/** Is told what happens to a table: expiry and &on_change handlers hang here. May change the table itself. */
public interface TableObserver {
    default void inserted(TableValue table, int entry) {}

    default void changed(TableValue table, int entry, Object old) {}

    default void removed(TableValue table, Object key, Object old) {}

    /** As {@link #removed}, because its time was over. */
    default void expired(TableValue table, Object key, Object old) {}

    /** An entry was looked up by key, not merely passed in a loop. */
    default void read(TableValue table, int entry) {}

    /** A table with the same content and attributes was made. */
    default void copied(TableValue copy) {}
}
