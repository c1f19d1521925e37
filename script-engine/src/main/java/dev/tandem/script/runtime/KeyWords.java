package dev.tandem.script.runtime;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Port;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.Type;
import java.util.List;
import java.util.Objects;

/** Table keys as words of 64 bits: an address takes two, a number, bool, enum or port one. */
public final class KeyWords {
    /** Longer keys are objects. */
    private static final int MOST = 8;

    private static final Port.Proto[] PROTOCOLS = Port.Proto.values();

    private KeyWords() {}

    /** How many words a key with parts of these types takes; 0 when it has to be an object. */
    public static int of(List<Type> index) {
        int words = 0;
        for (Type t : index) {
            int more = of(t);
            if (more == 0) {
                return 0;
            }
            words += more;
        }
        return words > MOST ? 0 : words;
    }

    /** How many words a part takes; 0 when it has to be an object. */
    public static int of(Type part) {
        return switch (part.tag()) {
            case ADDR -> 2;
            case BOOL, INT, COUNT, DOUBLE, TIME, INTERVAL, PORT, ENUM -> 1;
            default -> 0;
        };
    }

    /** Whether values of a type are numbers or bools. */
    static boolean isNumber(Type type) {
        return switch (type.tag()) {
            case BOOL, INT, COUNT, DOUBLE, TIME, INTERVAL -> true;
            default -> false;
        };
    }

    /** Packs a key; false when it is none of these types. */
    static boolean pack(Object key, List<Type> index, long[] into) {
        int size = index.size();
        if (size == 1) {
            return !(key instanceof Tuple) && pack(key, index.get(0), into, 0);
        }
        if (!(key instanceof Tuple parts) || parts.size() != size) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < size; i++) {
            if (!pack(parts.part(i), index.get(i), into, at)) {
                return false;
            }
            at += of(index.get(i));
        }
        return true;
    }

    private static boolean pack(Object part, Type type, long[] into, int at) {
        boolean fits = switch (type.tag()) {
            case ADDR -> part instanceof Addr;
            case INT, COUNT -> part instanceof Long;
            case DOUBLE, TIME, INTERVAL -> part instanceof Double;
            case BOOL -> part instanceof Boolean;
            case PORT -> part instanceof Port;
            default -> part instanceof EnumValue;
        };
        if (fits && part instanceof Addr a) {
            into[at] = a.high();
            into[at + 1] = a.low();
        } else if (fits) {
            into[at] = word(part);
        }
        return fits;
    }

    /** The word of a part that takes one. */
    public static long word(Object part) {
        return switch (part) {
            case Long n -> n;
            case Double d -> Double.doubleToLongBits(d);
            case Boolean b -> b ? 1 : 0;
            case Port p -> (long) p.proto().ordinal() << 16 | p.number();
            case EnumValue e -> e.number();
            default -> throw new IllegalArgumentException("not a word: " + part);
        };
    }

    static Object unpack(List<Type> index, long[] from, int at) {
        if (index.size() == 1) {
            return unpack(index.get(0), from, at);
        }
        Object[] parts = new Object[index.size()];
        int next = at;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = unpack(index.get(i), from, next);
            next += of(index.get(i));
        }
        return new Tuple(parts);
    }

    static Object unpack(Type part, long[] from, int at) {
        long word = from[at];
        return switch (part.tag()) {
            case ADDR -> Addr.v6(word, from[at + 1]);
            case DOUBLE, TIME, INTERVAL -> Double.longBitsToDouble(word);
            case BOOL -> word != 0;
            case PORT -> Port.of((int) word & 0xffff, PROTOCOLS[(int) (word >> 16)]);
            case ENUM -> Objects.requireNonNull(((EnumType) part).byNumber(word));
            default -> word;
        };
    }
}
