package dev.tandem.script.event;

import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableObserver;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes table entries away when their time is over ({@code &create_expire}, {@code &read_expire}, {@code &write_expire}).
 * Tables are looked through every {@code table_expire_interval} of network time; times are kept in whole seconds since the
 * first table was touched (zeek {@code src/Val.cc}, TableVal::DoExpire). Engine thread.
 */
public final class TableExpiry {
    private static final double INTERVAL = 10;

    private final ScriptContext context;
    private final List<WeakReference<TableValue>> tables = new ArrayList<>();
    private double start;
    private double nextScan = Double.POSITIVE_INFINITY;

    public TableExpiry(ScriptContext context) {
        this.context = context;
    }

    /** Begins to watch a table if its attributes ask for expiry. */
    public void watch(TableValue table) {
        Attr kind = kind(table);
        if (kind == null || table.observer() != null) {
            return;
        }
        table.observer(new Touches(kind));
        for (int e = table.nextEntry(-1); e >= 0; e = table.nextEntry(e)) {
            table.touch(e, seconds());
        }
        tables.add(new WeakReference<>(table));
        if (nextScan == Double.POSITIVE_INFINITY) {
            nextScan = context.networkTime() + INTERVAL;
        }
    }

    private static @Nullable Attr kind(TableValue table) {
        for (Attr a : new Attr[] {Attr.EXPIRE_CREATE, Attr.EXPIRE_READ, Attr.EXPIRE_WRITE}) {
            if (table.attributes().has(a)) {
                return a;
            }
        }
        return null;
    }

    private int seconds() {
        double now = context.networkTime();
        if (start == 0) {
            start = now;
        }
        return now == 0 ? 0 : (int) (now - start) + 1;
    }

    private final class Touches implements TableObserver {
        private final Attr kind;

        Touches(Attr kind) {
            this.kind = kind;
        }

        @Override
        public void inserted(TableValue table, int entry) {
            table.touch(entry, seconds());
        }

        @Override
        public void changed(TableValue table, int entry, @Nullable Object old) {
            if (kind != Attr.EXPIRE_CREATE) {
                table.touch(entry, seconds());
            }
        }

        @Override
        public void removed(TableValue table, Object key, @Nullable Object old) {}

        @Override
        public void read(TableValue table, int entry) {
            if (kind == Attr.EXPIRE_READ) {
                table.touch(entry, seconds());
            }
        }
    }

    /** Network time of the next look; infinity when no table expires. */
    public double nextDue() {
        return nextScan;
    }

    /** Looks through all tables once. */
    public void scan(double now) {
        nextScan = now + INTERVAL;
        int seconds = seconds();
        tables.removeIf(t -> t.get() == null);
        for (WeakReference<TableValue> reference : List.copyOf(tables)) {
            TableValue table = reference.get();
            if (table != null) {
                expire(table, seconds);
            }
        }
    }

    private void expire(TableValue table, int now) {
        Attr kind = kind(table);
        AttributeValue limit = kind == null ? null : table.attributes().get(kind);
        if (limit == null || !(limit.evaluate() instanceof Double timeout) || timeout < 0) {
            return;
        }
        table.beginLoop();
        try {
            for (int e = table.nextEntry(-1); e >= 0; e = table.nextEntry(e)) {
                int touched = table.touchedAt(e);
                if (touched == 0) {
                    table.touch(e, now);
                } else if (touched + timeout < now) {
                    end(table, e, now, timeout);
                }
            }
        } finally {
            table.endLoop();
        }
    }

    private void end(TableValue table, int entry, int now, double timeout) {
        AttributeValue function = table.attributes().get(Attr.EXPIRE_FUNC);
        Object key = table.entryKey(entry);
        if (function != null && key != null && function.evaluate() instanceof FuncValue f) {
            double more = 0;
            try {
                Object answer = f.call(arguments(f, table, key));
                more = answer instanceof Double d ? d : 0;
            } catch (ScriptError e) {
                context.reporter().error("expire function: " + e.getMessage(), e.position());
            }
            if (more > 0) {
                table.touch(entry, (int) (now - timeout + more));
                return;
            }
        }
        if (table.entryKey(entry) != null) {
            table.removeEntry(entry);
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
