package dev.tandem.script.interp;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.ast.Expr;
import dev.tandem.script.ast.ExprParts;
import dev.tandem.script.ast.Global;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the condition of a {@code when} looks at: the variables in it. */
final class Watches {
    private final List<Global> globals = new ArrayList<>();
    private final List<Integer> slots = new ArrayList<>();

    Watches(Expr condition) {
        ExprParts.walk(condition, e -> {
            if (e instanceof Expr.GlobalRef g) {
                globals.add(g.global());
            } else if (e instanceof Expr.LocalRef l) {
                slots.add(l.local().slot());
            }
        });
    }

    /** Of values at a time. */
    interface Snapshot {
        /** Whether one of them has changed since. */
        boolean isOutdated();
    }

    static final Snapshot NOTHING = () -> false;

    /**
     * Of all that is watched, as it is now.
     *
     * @param more values that the condition came across
     */
    Snapshot snapshot(Frame f, List<Object> more) {
        List<Snapshot> all = new ArrayList<>();
        for (Global g : globals) {
            Object value = g.value();
            all.add(() -> g.value() != value && !Objects.equals(g.value(), value));
            add(all, value);
        }
        for (int slot : slots) {
            add(all, f.slots[slot]);
        }
        for (Object value : more) {
            add(all, value);
        }
        return () -> {
            for (Snapshot s : all) {
                if (s.isOutdated()) {
                    return true;
                }
            }
            return false;
        };
    }

    private static void add(List<Snapshot> all, @Nullable Object value) {
        switch (value) {
            case TableValue t -> {
                int changes = t.changes();
                all.add(() -> t.changes() != changes);
            }
            case VectorValue v -> {
                Object[] before = new Object[v.size()];
                for (int i = 0; i < before.length; i++) {
                    before[i] = v.get(i);
                }
                all.add(() -> differs(v, before));
            }
            case RecordValue r -> {
                Object[] before = new Object[r.layout().size()];
                for (int i = 0; i < before.length; i++) {
                    before[i] = r.get(i);
                }
                all.add(() -> differs(r, before));
            }
            case null -> {}
            default -> {}
        }
    }

    @SuppressWarnings("ReferenceEquality") // an assignment is a change, whatever is assigned
    private static boolean differs(VectorValue v, @Nullable Object[] before) {
        if (v.size() != before.length) {
            return true;
        }
        for (int i = 0; i < before.length; i++) {
            if (v.get(i) != before[i]) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private static boolean differs(RecordValue r, @Nullable Object[] before) {
        for (int i = 0; i < before.length; i++) {
            if (r.get(i) != before[i]) {
                return true;
            }
        }
        return false;
    }
}
