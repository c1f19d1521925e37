package dev.tandem.script.bif;

import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How sort() and order() compare. Holes come last. */
final class Ordering {
    private Ordering() {}

    /** Null after reporting what is wrong with the arguments. */
    static @Nullable Comparator<@Nullable Object> of(
            ScriptContext ctx, VectorValue vector, Object[] more, String function) {
        Type element = vector.type().element();
        if (more.length > 1) {
            ctx.callError(function + "() called with extraneous argument", null);
            return null;
        }
        if (more.length == 1) {
            if (!(more[0] instanceof FuncValue compare)) {
                ctx.callError("second argument to " + function + "() needs to be comparison function", null);
                return null;
            }
            if (!compare.type().yield().is(Tag.INT) || compare.type().params().size() != 2) {
                ctx.callError("invalid comparison function in call to " + function + "()", null);
                return null;
            }
            return holesLast((a, b) -> asked(compare, a, b));
        }
        if (element.is(Tag.ANY)) {
            throw new ScriptError("cannot " + function + " a vector-of-any");
        }
        Comparator<Object> natural = natural(element);
        if (natural == null) {
            // A vector that has no element type yet has nothing to sort.
            if (!element.is(Tag.VOID)) {
                ctx.callError("comparison function required for " + function + "() with non-numeric types", null);
            }
            return null;
        }
        return holesLast(natural);
    }

    private static int asked(FuncValue compare, Object a, Object b) {
        if (compare.call(a, b) instanceof Long n) {
            return Long.signum(n);
        }
        throw ScriptError.general("comparison function did not return a value").at(compare.place());
    }

    private static @Nullable Comparator<Object> natural(Type element) {
        return switch (element.tag()) {
            case INT -> (a, b) -> Long.compare((Long) a, (Long) b);
            case COUNT -> (a, b) -> Long.compareUnsigned((Long) a, (Long) b);
            case DOUBLE, TIME, INTERVAL -> (a, b) -> Double.compare((Double) a, (Double) b);
            default -> null;
        };
    }

    private static Comparator<@Nullable Object> holesLast(Comparator<Object> order) {
        return (a, b) -> {
            if (a == null || b == null) {
                return a == b ? 0 : a == null ? 1 : -1;
            }
            return order.compare(a, b);
        };
    }

    /** A stable merge sort that bears an inconsistent comparison, as a script may give one. */
    static <T extends @Nullable Object> List<T> sorted(List<T> list, Comparator<? super T> order) {
        if (list.size() < 2) {
            return list;
        }
        List<T> left = sorted(list.subList(0, list.size() / 2), order);
        List<T> right = sorted(list.subList(list.size() / 2, list.size()), order);
        List<T> merged = new ArrayList<>(list.size());
        int l = 0;
        int r = 0;
        while (l < left.size() && r < right.size()) {
            merged.add(order.compare(right.get(r), left.get(l)) < 0 ? right.get(r++) : left.get(l++));
        }
        merged.addAll(left.subList(l, left.size()));
        merged.addAll(right.subList(r, right.size()));
        return merged;
    }
}
