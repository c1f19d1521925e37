package dev.tandem.script.check;

import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;

/** What {@code as} may be written for (zeek {@code src/Val.cc}, can_cast_type_to_type). */
public final class CastRules {
    private CastRules() {}

    /** Whether {@code as} may be written between two types: the value then decides. */
    public static boolean possible(Type from, Type to) {
        if (from.is(Tag.ANY) || TypeRules.same(from, to)) {
            return true;
        }
        if (from instanceof TableType s && to instanceof VectorType v) {
            return isSetOf(s, v.element());
        }
        if (from instanceof VectorType v) {
            return to instanceof TableType s
                    ? isSetOf(s, v.element())
                    : v.element().is(Tag.COUNT) && to.is(Tag.ADDR);
        }
        if (isData(from)) {
            return true;
        }
        Tag t = to.tag();
        return switch (from.tag()) {
            case STRING -> t.isArithmetic() || t.isFloating() || t == Tag.ADDR || t == Tag.SUBNET || t == Tag.PORT;
            case INT -> t == Tag.COUNT || t.isFloating();
            case COUNT -> t == Tag.INT || t.isFloating() || t == Tag.ADDR;
            case DOUBLE -> t == Tag.INT || t == Tag.COUNT || t.isFloating();
            case ENUM -> t == Tag.COUNT || t == Tag.INT;
            case INTERVAL, TIME -> t == Tag.DOUBLE;
            case ADDR ->
                t == Tag.SUBNET || to instanceof VectorType v && v.element().is(Tag.COUNT);
            case SUBNET -> t == Tag.ADDR || t == Tag.COUNT;
            case PORT -> t == Tag.COUNT;
            default -> false;
        };
    }

    /** Whether values of a type hold data of other nodes, of which only their content tells what they can become. */
    static boolean isData(Type type) {
        return "Broker::Data".equals(type.name());
    }

    private static boolean isSetOf(TableType s, Type element) {
        return s.isSet() && s.index().size() == 1 && TypeRules.same(s.index().get(0), element);
    }
}
