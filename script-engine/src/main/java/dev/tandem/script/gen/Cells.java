package dev.tandem.script.gen;

import dev.tandem.script.ast.Global;

/** Reads globals of unboxed types. The first read moves the value into the global's unboxed cell, where it stays. */
public final class Cells {
    private Cells() {}

    public static long longOf(Global g, Site site) {
        return g.isUnboxed() ? g.bits() : unboxed(g, site);
    }

    public static double doubleOf(Global g, Site site) {
        return Double.longBitsToDouble(g.isUnboxed() ? g.bits() : unboxed(g, site));
    }

    public static boolean booleanOf(Global g, Site site) {
        return (g.isUnboxed() ? g.bits() : unboxed(g, site)) != 0;
    }

    private static long unboxed(Global g, Site site) {
        Object value = Generated.set(g.value(), site);
        if (value instanceof Double d) {
            g.bits(Double.doubleToRawLongBits(d));
        } else {
            g.bits(value instanceof Boolean b ? (b ? 1 : 0) : (Long) value);
        }
        return g.bits();
    }

    public static void set(Global g, long value) {
        g.bits(value);
    }

    public static void set(Global g, double value) {
        g.bits(Double.doubleToRawLongBits(value));
    }

    public static void set(Global g, boolean value) {
        g.bits(value ? 1 : 0);
    }
}
