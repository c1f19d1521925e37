package dev.tandem.script.interp;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.ast.BinaryOp;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.types.Tag;

/** Operators on boxed operands of one type: what vectors do element by element, and all operators that are not hot. */
public final class Arithmetic {
    private Arithmetic() {}

    /** @param tag the left operand's type */
    public static Object apply(BinaryOp op, Tag tag, Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return op.isComparison() ? Boolean.valueOf(compare(op, tag, x, y)) : (Object) longs(op, tag, x, y);
        }
        if (a instanceof Double x && b instanceof Double y) {
            return op.isComparison() ? Boolean.valueOf(compare(op, x, y)) : (Object) doubles(op, x, y);
        }
        if (a instanceof Bytes x && b instanceof Bytes y) {
            return op == BinaryOp.ADD ? x.concat(y) : Boolean.valueOf(order(op, x.compareTo(y)));
        }
        if (a instanceof Pattern || b instanceof Pattern) {
            return patterns(op, a, b);
        }
        if (a instanceof TableValue x && b instanceof TableValue y) {
            return Sets.apply(op, x, y);
        }
        if (a instanceof Addr x && b instanceof Long y) {
            return mask(x, y);
        }
        return a instanceof Comparable<?> x && op != BinaryOp.EQ && op != BinaryOp.NE
                ? order(op, compareRaw(x, b))
                : equality(op, a, b);
    }

    private static Object patterns(BinaryOp op, Object a, Object b) {
        if (a instanceof Pattern x && b instanceof Pattern y) {
            return op == BinaryOp.BIT_OR ? x.or(y) : op == BinaryOp.BIT_AND ? x.concat(y) : equality(op, x, y);
        }
        boolean match = a instanceof Pattern x ? x.matchesExactly((Bytes) b) : ((Pattern) b).matchesExactly((Bytes) a);
        return match == (op == BinaryOp.EQ);
    }

    @SuppressWarnings("unchecked")
    private static int compareRaw(Comparable<?> a, Object b) {
        return ((Comparable<Object>) a).compareTo(b);
    }

    private static Object equality(BinaryOp op, Object a, Object b) {
        return a.equals(b) == (op == BinaryOp.EQ);
    }

    static Subnet mask(Addr addr, long width) {
        Subnet s = width < 0 || width > 128 ? null : Subnet.of(addr, (int) width);
        if (s == null) {
            throw new ScriptError("bad IPv" + (addr.isV4() ? 4 : 6) + " subnet prefix length: " + width);
        }
        return s;
    }

    static boolean order(BinaryOp op, int c) {
        return switch (op) {
            case EQ -> c == 0;
            case NE -> c != 0;
            case LT -> c < 0;
            case LE -> c <= 0;
            case GT -> c > 0;
            default -> c >= 0;
        };
    }

    static boolean compare(BinaryOp op, Tag tag, long a, long b) {
        return order(op, tag == Tag.COUNT ? Long.compareUnsigned(a, b) : Long.compare(a, b));
    }

    /** NaN is unequal to everything, as in C. */
    static boolean compare(BinaryOp op, double a, double b) {
        return switch (op) {
            case EQ -> a == b;
            case NE -> a != b;
            case LT -> a < b;
            case LE -> a <= b;
            case GT -> a > b;
            default -> a >= b;
        };
    }

    static long longs(BinaryOp op, Tag tag, long a, long b) {
        boolean unsigned = tag == Tag.COUNT;
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> divide(a, b, unsigned);
            case MOD -> remainder(a, b, unsigned);
            case BIT_AND -> a & b;
            case BIT_OR -> a | b;
            case BIT_XOR -> a ^ b;
            case SHIFT_LEFT -> shiftLeft(a, b, unsigned);
            case SHIFT_RIGHT -> shiftRight(a, b, unsigned);
            default -> throw new IllegalStateException(op.symbol());
        };
    }

    public static long divide(long a, long b, boolean unsigned) {
        if (b == 0) {
            throw new ScriptError("division by zero");
        }
        return unsigned ? Long.divideUnsigned(a, b) : a / b;
    }

    public static long remainder(long a, long b, boolean unsigned) {
        if (b == 0) {
            throw new ScriptError("modulo by zero");
        }
        return unsigned ? Long.remainderUnsigned(a, b) : a % b;
    }

    /** A count by a constant: for most counts the signed division, which the JVM makes a multiplication. */
    public static long divideByPositive(long a, long b) {
        return a >= 0 ? a / b : Long.divideUnsigned(a, b);
    }

    public static long remainderByPositive(long a, long b) {
        return a >= 0 ? a % b : Long.remainderUnsigned(a, b);
    }

    public static long shiftLeft(long a, long b, boolean unsigned) {
        if (!unsigned && a < 0) {
            throw new ScriptError("left shifting a negative number is undefined");
        }
        return b >= 64 ? 0 : a << b;
    }

    public static long shiftRight(long a, long b, boolean unsigned) {
        return b >= 64 ? 0 : unsigned ? a >>> b : a >> b;
    }

    public static double divide(double a, double b) {
        if (b == 0) {
            throw new ScriptError("division by zero");
        }
        return a / b;
    }

    static double doubles(BinaryOp op, double a, double b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> divide(a, b);
            default -> throw new IllegalStateException(op.symbol());
        };
    }

    /** A number as another arithmetic type. */
    static Object convert(Tag from, Tag to, Object value) {
        if (value instanceof Long n) {
            return to.isFloating() ? (Object) (from == Tag.COUNT ? unsignedToDouble(n) : (double) n) : n;
        }
        if (value instanceof Double d) {
            return to.isFloating() ? d : to == Tag.COUNT ? (Object) doubleToUnsigned(d) : (Object) (long) (double) d;
        }
        return value instanceof Boolean b ? (Object) (b ? 1L : 0L) : value;
    }

    public static double unsignedToDouble(long n) {
        return n >= 0 ? n : (n >>> 1 | n & 1) * 2.0;
    }

    static long doubleToUnsigned(double d) {
        return d < 0x1p63 ? (long) d : (long) (d - 0x1p63) ^ Long.MIN_VALUE;
    }
}
