package dev.tandem.script.event;

import dev.tandem.script.runtime.Copy;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableObserver;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.EnumType;
import org.jspecify.annotations.Nullable;

/**
 * Calls a table's {@code &on_change} function: with the value that came, or the one that was there before. Changes that the
 * function itself makes are not told (zeek {@code src/Val.cc}, TableVal::CallChangeFunc). Engine thread.
 */
final class TableChanges implements TableObserver {
    private final ScriptContext context;
    private final AttributeValue function;
    private boolean calling;

    private TableChanges(ScriptContext context, AttributeValue function) {
        this.context = context;
        this.function = function;
    }

    /** An observer for the table; null when it has no such attribute. */
    static @Nullable TableChanges of(TableValue table, ScriptContext context) {
        AttributeValue function = table.attributes().get(Attr.ON_CHANGE);
        return function == null ? null : new TableChanges(context, function);
    }

    @Override
    public void inserted(TableValue table, int entry) {
        Object key = table.entryKey(entry);
        Object value = table.entryValue(entry);
        if (key != null && value != null) {
            tell(table, "TABLE_ELEMENT_NEW", key, value);
        }
    }

    @Override
    public void changed(TableValue table, int entry, Object old) {
        Object key = table.entryKey(entry);
        if (key != null) {
            tell(table, "TABLE_ELEMENT_CHANGED", key, old);
        }
    }

    @Override
    public void removed(TableValue table, Object key, Object old) {
        tell(table, "TABLE_ELEMENT_REMOVED", key, old);
    }

    @Override
    public void expired(TableValue table, Object key, Object old) {
        tell(table, "TABLE_ELEMENT_EXPIRED", key, old);
    }

    private void tell(TableValue table, String kind, Object key, Object value) {
        if (calling || !(context.type("TableChange") instanceof EnumType kinds)) {
            return;
        }
        calling = true;
        try {
            if (function.evaluate() instanceof FuncValue f) {
                f.call(arguments(table, kinds.byName(kind), key, value));
            }
        } catch (ScriptError e) {
            context.reporter().scriptError(e, null);
        } finally {
            calling = false;
        }
    }

    private static @Nullable Object[] arguments(TableValue table, @Nullable Object kind, Object key, Object value) {
        Object[] parts = TableValue.parts(key);
        boolean set = table.type().isSet();
        @Nullable Object[] args = new Object[parts.length + (set ? 2 : 3)];
        args[0] = table;
        args[1] = kind;
        for (int i = 0; i < parts.length; i++) {
            args[i + 2] = Copy.of(parts[i]);
        }
        if (!set) {
            args[args.length - 1] = value;
        }
        return args;
    }
}
