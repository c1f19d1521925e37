package dev.tandem.script.event;

import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.TableObserver;
import dev.tandem.script.runtime.TableValue;
import org.jspecify.annotations.Nullable;

/** Gives tables the observers that their attributes ask for: expiry, &on_change. Engine thread. */
public final class TableWatch {
    private final ScriptContext context;
    private final Timers timers;

    public TableWatch(ScriptContext context, Timers timers) {
        this.context = context;
        this.timers = timers;
    }

    /** Begins to watch a table whose attributes were just set; what watched it before ends. */
    public void watch(TableValue table) {
        if (table.observer() instanceof Observers before && before.expiry != null) {
            before.expiry.stop();
        }
        TableExpiry expiry = TableExpiry.of(table, context, timers);
        TableChanges changes = TableChanges.of(table, context);
        table.observer(expiry == null && changes == null ? null : new Observers(expiry, changes));
    }

    /** Expiry first, then the change function. A copy of the table is watched as the table is. */
    private final class Observers implements TableObserver {
        private final @Nullable TableExpiry expiry;
        private final @Nullable TableChanges changes;

        Observers(@Nullable TableExpiry expiry, @Nullable TableChanges changes) {
            this.expiry = expiry;
            this.changes = changes;
        }

        @Override
        public void inserted(TableValue table, int entry) {
            if (expiry != null) {
                expiry.inserted(table, entry);
            }
            if (changes != null) {
                changes.inserted(table, entry);
            }
        }

        @Override
        public void changed(TableValue table, int entry, Object old) {
            if (expiry != null) {
                expiry.changed(table, entry, old);
            }
            if (changes != null) {
                changes.changed(table, entry, old);
            }
        }

        @Override
        public void removed(TableValue table, Object key, Object old) {
            if (changes != null) {
                changes.removed(table, key, old);
            }
        }

        @Override
        public void expired(TableValue table, Object key, Object old) {
            if (changes != null) {
                changes.expired(table, key, old);
            }
        }

        @Override
        public void read(TableValue table, int entry) {
            if (expiry != null) {
                expiry.read(table, entry);
            }
        }

        @Override
        public void copied(TableValue copy) {
            watch(copy);
        }
    }
}
