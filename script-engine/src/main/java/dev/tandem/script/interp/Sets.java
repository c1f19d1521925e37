package dev.tandem.script.interp;

import dev.tandem.script.ast.BinaryOp;
import dev.tandem.script.runtime.TableValue;
import org.jspecify.annotations.Nullable;

/** Set operators. */
final class Sets {
    private Sets() {}

    static Object apply(BinaryOp op, TableValue a, TableValue b) {
        return switch (op) {
            case BIT_OR -> union(a, b);
            case BIT_AND -> a.size() < b.size() ? common(a, b) : common(b, a);
            case SUB -> difference(a, b);
            case EQ -> a.size() == b.size() && subset(a, b);
            case NE -> a.size() != b.size() || !subset(a, b);
            case LE -> subset(a, b);
            case LT -> a.size() < b.size() && subset(a, b);
            case GE -> subset(b, a);
            default -> b.size() < a.size() && subset(b, a);
        };
    }

    private static TableValue union(TableValue a, TableValue b) {
        TableValue out = new TableValue(a.type());
        addAll(out, a);
        addAll(out, b);
        return out;
    }

    private static TableValue common(TableValue smaller, TableValue larger) {
        TableValue out = new TableValue(smaller.type());
        for (int e = smaller.nextEntry(-1); e >= 0; e = smaller.nextEntry(e)) {
            Object key = smaller.entryKey(e);
            if (key != null && larger.getExact(key) != null) {
                out.add(key);
            }
        }
        return out;
    }

    private static TableValue difference(TableValue a, TableValue b) {
        TableValue out = new TableValue(a.type());
        addAll(out, a);
        removeAll(out, b);
        return out;
    }

    private static boolean subset(TableValue a, TableValue b) {
        for (int e = a.nextEntry(-1); e >= 0; e = a.nextEntry(e)) {
            Object key = a.entryKey(e);
            if (key != null && b.getExact(key) == null) {
                return false;
            }
        }
        return true;
    }

    /** Puts all entries of one table or set into another. */
    static void addAll(TableValue to, TableValue from) {
        from.beginLoop();
        try {
            for (int e = from.nextEntry(-1); e >= 0; e = from.nextEntry(e)) {
                Object key = from.entryKey(e);
                Object value = from.entryValue(e);
                if (key != null && value != null) {
                    to.put(key, value);
                }
            }
        } finally {
            from.endLoop();
        }
    }

    static void removeAll(TableValue from, TableValue keys) {
        keys.beginLoop();
        try {
            for (int e = keys.nextEntry(-1); e >= 0; e = keys.nextEntry(e)) {
                @Nullable Object key = keys.entryKey(e);
                if (key != null) {
                    from.remove(key);
                }
            }
        } finally {
            keys.endLoop();
        }
    }
}
