package dev.tandem.script.bif;

import dev.tandem.script.runtime.ScriptContext;

/** Arithmetic. */
public final class MathFunctions {
    private MathFunctions() {}

    @Bif(value = "floor", type = "function(d: double): double", pure = true)
    public static double floor(double d) {
        return Math.floor(d);
    }

    @Bif(value = "ceil", type = "function(d: double): double", pure = true)
    public static double ceil(double d) {
        return Math.ceil(d);
    }

    @Bif(value = "sqrt", type = "function(x: double): double")
    public static double sqrt(ScriptContext ctx, double x) {
        if (x < 0) {
            ctx.reporter().error("negative sqrt argument", null);
            return -1;
        }
        return Math.sqrt(x);
    }

    @Bif(value = "exp", type = "function(d: double): double", pure = true)
    public static double exp(double d) {
        return Math.exp(d);
    }

    @Bif(value = "ln", type = "function(d: double): double", pure = true)
    public static double ln(double d) {
        return Math.log(d);
    }

    @Bif(value = "log2", type = "function(d: double): double", pure = true)
    public static double log2(double d) {
        // Exact for powers of two, as C's is.
        int exponent = Math.getExponent(d);
        return d > 0 && d == Math.scalb(1.0, exponent) ? exponent : Math.log(d) / Math.log(2);
    }

    @Bif(value = "log10", type = "function(d: double): double", pure = true)
    public static double log10(double d) {
        return Math.log10(d);
    }

    @Bif(value = "pow", type = "function(x: double, y: double): double", pure = true)
    public static double pow(double x, double y) {
        return Math.pow(x, y);
    }

    @Bif(value = "modulo", type = "function(a: int, b: int): int")
    public static long modulo(ScriptContext ctx, long a, long b) {
        if (b == 0) {
            ctx.reporter().error("modulo by zero", null);
            return 0;
        }
        return (a % b + b) % b;
    }
}
