package dev.tandem.script.event;

import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableObserver;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Takes entries of one table away when their time is over ({@code &create_expire}, {@code &read_expire},
 * {@code &write_expire}). The table is looked through every {@code table_expire_interval} of network time, in steps of
 * {@code table_incremental_step} entries; times are kept in whole seconds (zeek {@code src/Val.cc}, TableVal::DoExpire).
 * Engine thread.
 */
final class TableExpiry implements TableObserver {
    private final ScriptContext context;
    private final Timers timers;
    private final Attr kind;
    private final WeakReference<TableValue> watched;
    private @Nullable AttributeValue limit;
    private int position = -1;

    private TableExpiry(ScriptContext context, Timers timers, TableValue table, Attr kind) {
        this.context = context;
        this.timers = timers;
        this.kind = kind;
        this.limit = table.attributes().get(kind);
        this.watched = new WeakReference<>(table);
    }

    /** An observer that makes the table's entries expire; null when its attributes ask for none. */
    static @Nullable TableExpiry of(TableValue table, ScriptContext context, Timers timers) {
        for (Attr kind : new Attr[] {Attr.EXPIRE_CREATE, Attr.EXPIRE_READ, Attr.EXPIRE_WRITE}) {
            if (table.attributes().get(kind) != null) {
                TableExpiry expiry = new TableExpiry(context, timers, table, kind);
                for (int e = table.nextEntry(-1); e >= 0; e = table.nextEntry(e)) {
                    expiry.touch(table, e);
                }
                // Network time may not be there yet: a first look as soon as it is.
                timers.set(1, expiry::look);
                return expiry;
            }
        }
        return null;
    }

    /** Times relative to the first packet's, so that whole seconds fit into an int. */
    private int seconds() {
        return (int) (context.networkTime() - context.startTime());
    }

    private void touch(TableValue table, int entry) {
        table.touch(entry, seconds());
    }

    @Override
    public void inserted(TableValue table, int entry) {
        touch(table, entry);
    }

    @Override
    public void changed(TableValue table, int entry, Object old) {
        if (kind != Attr.EXPIRE_CREATE) {
            touch(table, entry);
        }
    }

    @Override
    public void read(TableValue table, int entry) {
        if (kind == Attr.EXPIRE_READ) {
            touch(table, entry);
        }
    }

    /** No look any more. */
    void stop() {
        limit = null;
    }

    private void look(double due, boolean ending) {
        TableValue table = watched.get();
        double timeout = ending || table == null ? -1 : timeout();
        if (table == null || timeout < 0) {
            return;
        }
        double now = context.networkTime();
        boolean more = expire(table, now, timeout);
        timers.set(
                now + (more ? context.number("table_expire_delay", 0.01) : context.number("table_expire_interval", 10)),
                this::look);
    }

    /** Seconds; negative when it has no value, which is told once. */
    private double timeout() {
        AttributeValue v = limit;
        try {
            if (v != null && v.evaluate() instanceof Double seconds && seconds >= 0) {
                return seconds;
            }
        } catch (ScriptError e) {
            context.reporter().scriptError(e, null);
        }
        limit = null;
        return -1;
    }

    /** Looks at some entries; true when there are more. */
    private boolean expire(TableValue table, double now, double timeout) {
        int most = (int) context.number("table_incremental_step", 5000);
        double start = context.startTime();
        table.beginScan();
        try {
            for (int i = 0; i < most; i++) {
                position = table.nextEntry(position);
                if (position < 0) {
                    return false;
                }
                double touched = start + table.touchedAt(position);
                if (touched != 0 && touched + timeout < now) {
                    end(table, position, now - timeout - start);
                }
            }
            return true;
        } finally {
            table.endScan();
        }
    }

    /** @param early the seconds an entry that expires right now was touched at */
    private void end(TableValue table, int entry, double early) {
        Object key = table.entryKey(entry);
        AttributeValue function = table.attributes().get(Attr.EXPIRE_FUNC);
        if (key != null && function != null) {
            double more = moreTime(table, function, key);
            if (table.findEntry(key) != entry) {
                return;
            }
            if (more > 0) {
                table.touch(entry, (int) (early + more));
                return;
            }
        }
        table.expireEntry(entry);
    }

    private double moreTime(TableValue table, AttributeValue function, Object key) {
        try {
            return function.evaluate() instanceof FuncValue f
                            && f.call(arguments(f, table, key)) instanceof Double seconds
                    ? seconds
                    : 0;
        } catch (ScriptError e) {
            context.reporter().scriptError(e, null);
            return 0;
        }
    }

    private static Object[] arguments(FuncValue f, TableValue table, Object key) {
        Object[] parts = TableValue.parts(key);
        if (f.type().params().size() == 2 && parts.length > 1) {
            return new Object[] {table, key};
        }
        Object[] args = new Object[parts.length + 1];
        args[0] = table;
        System.arraycopy(parts, 0, args, 1, parts.length);
        return args;
    }
}
