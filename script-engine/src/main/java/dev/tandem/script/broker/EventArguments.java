package dev.tandem.script.broker;

import dev.tandem.script.check.TypeRules;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;

/** Whether the arguments of a publication are those of the event (zeek {@code src/cluster/Backend.cc}, check_args). */
public final class EventArguments {
    private EventArguments() {}

    /**
     * Which argument is of another type than its parameter.
     *
     * @param arguments as static type any holds them, as many as there are parameters
     * @return its number from 0; -1 when all are right
     */
    public static int firstMismatch(RecordType parameters, Object[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (!agrees(AnyValue.typeOf(arguments[i]), parameters.field(i).type())) {
                return i;
            }
        }
        return -1;
    }

    /** An empty container of no stated type goes for any of its kind. */
    private static boolean agrees(Type given, Type expected) {
        if (expected.is(Tag.ANY) || TypeRules.same(given, expected)) {
            return true;
        }
        return switch (given) {
            case TableType t -> t.isUnspecified() && expected instanceof TableType e && t.isSet() == e.isSet();
            case VectorType v -> v.isUnspecified() && expected instanceof VectorType;
            default -> false;
        };
    }
}
