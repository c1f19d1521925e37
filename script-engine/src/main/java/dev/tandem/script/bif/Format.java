package dev.tandem.script.bif;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.ByteSink;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.DoubleText;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code fmt()} (Zeek {@code src/zeek.bif}, do_fmt): {@code %[-][0][width][.precision]} with one of {@code d x e f
 * g s D T}, and {@code %%}.
 */
final class Format {
    private static final int LIMIT = 128;

    private final ScriptContext ctx;
    private final Bytes format;
    private final @Nullable Object[] args;
    private final ByteSink out = new ByteSink(96);
    private int at;

    /** @param args the format first */
    Format(ScriptContext ctx, Bytes format, @Nullable Object[] args) {
        this.ctx = ctx;
        this.format = format;
        this.args = args;
    }

    Bytes run() {
        int next = 1;
        int length = format.length();
        while (at < length) {
            int start = at;
            while (at < length && format.at(at) != '%') {
                at++;
            }
            out.add(format.array(), start, at);
            if (at == length) {
                break;
            }
            at++;
            if (peek() == '%') {
                out.add('%');
                at++;
            } else if (next == args.length) {
                return refuse("too few arguments for format");
            } else {
                conversion(args[next++]);
            }
        }
        return next < args.length ? refuse("too many arguments for format") : out.toBytes();
    }

    private Bytes refuse(String message) {
        ctx.callError(message, format);
        return Bytes.EMPTY;
    }

    private int peek() {
        return at < format.length() ? format.at(at) : -1;
    }

    private boolean atDigit() {
        int c = peek();
        return c >= '0' && c <= '9';
    }

    private int number() {
        long n = 0;
        while (atDigit()) {
            n = Math.min(n * 10 + (peek() - '0'), Integer.MAX_VALUE);
            at++;
        }
        return (int) n;
    }

    private void conversion(@Nullable Object value) {
        boolean left = peek() == '-';
        if (left) {
            at++;
        }
        boolean zero = peek() == '0';
        int width = atDigit() ? number() : -1;
        int precision = -1;
        if (peek() == '.') {
            at++;
            precision = number();
        }
        if (width > LIMIT || precision > LIMIT) {
            ctx.callError("excessive field width or precision", null);
            return;
        }
        int letter = peek();
        at++;
        if (precision >= 0 && letter != 'e' && letter != 'f' && letter != 'g') {
            ctx.callError("precision specified for non-floating point", null);
        }
        if (value == null) {
            return;
        }
        int start = out.size();
        switch (letter) {
            case 's' -> Describe.append(out, value, Types.ANY, Describe.Style.RAW);
            case 'd', 'x' -> integer(value, letter == 'x', left, zero, width, precision);
            case 'e', 'f', 'g' -> floating(value, letter, left, zero, width, precision);
            case 'D', 'T' -> time(value, letter == 'T');
            default -> ctx.callError("bad format", null);
        }
        pad(start, left, width);
    }

    private void pad(int start, boolean left, int width) {
        int missing = width - (out.size() - start);
        if (missing <= 0) {
            return;
        }
        int end = out.size();
        for (int i = 0; i < missing; i++) {
            out.add(' ');
        }
        if (!left) {
            byte[] data = out.array();
            System.arraycopy(data, start, data, start + missing, end - start);
            java.util.Arrays.fill(data, start, start + missing, (byte) ' ');
        }
    }

    private void integer(Object arg, boolean hex, boolean left, boolean zero, int width, int precision) {
        Object value = AnyValue.unwrap(arg);
        if (hex && value instanceof Addr a) {
            out.add(hexAddress(a));
            return;
        }
        boolean unsigned = value instanceof Port || AnyValue.typeOf(arg).is(Tag.COUNT);
        long n;
        switch (value) {
            case Long l -> n = l;
            case Boolean b -> n = b ? 1 : 0;
            case EnumValue e -> n = e.number();
            case Port p -> n = p.number();
            default -> {
                ctx.callError("bad type for %d/%x format", arg);
                return;
            }
        }
        String text = hex ? Long.toHexString(n) : unsigned ? Long.toUnsignedString(n) : Long.toString(n);
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        if (digits.length() < precision) {
            digits = "0".repeat(precision - digits.length()) + digits;
        }
        // As in C, a precision turns zero padding off for integers.
        zeroPadded(negative ? "-" : "", digits, zero && !left && precision < 0 ? width : 0);
    }

    private void zeroPadded(String sign, String digits, int width) {
        out.add(sign);
        for (int i = sign.length() + digits.length(); i < width; i++) {
            out.add('0');
        }
        out.add(digits);
    }

    static String hexAddress(Addr a) {
        return a.isV4() ? String.format("%08x", a.v4Bits()) : String.format("%016x%016x", a.high(), a.low());
    }

    private void floating(Object arg, int letter, boolean left, boolean zero, int width, int precision) {
        if (!(AnyValue.unwrap(arg) instanceof Double d)) {
            ctx.callError("bad type for floating-point format", arg);
            return;
        }
        int p = precision < 0 ? 6 : precision;
        String text = switch (letter) {
            case 'e' -> DoubleText.scientific(d, p);
            case 'f' -> DoubleText.fixed(d, p);
            default -> DoubleText.general(d, p);
        };
        boolean negative = text.startsWith("-");
        boolean finite = !Double.isNaN(d) && !Double.isInfinite(d);
        zeroPadded(negative ? "-" : "", negative ? text.substring(1) : text, zero && !left && finite ? width : 0);
    }

    private void time(Object arg, boolean withFraction) {
        if (!AnyValue.typeOf(arg).is(Tag.TIME) || !(AnyValue.unwrap(arg) instanceof Double d)) {
            ctx.callError("bad type for Date/Time format", arg);
            return;
        }
        long seconds = (long) d.doubleValue();
        out.add(TimeText.format(withFraction ? "%Y-%m-%d-%H:%M" : "%Y-%m-%d-%H:%M:%S", TimeText.local(seconds)));
        if (withFraction) {
            String secs = DoubleText.fixed(Long.remainderUnsigned(seconds, 60) + (d - seconds), 9);
            out.add(':').add("0".repeat(Math.max(0, 12 - secs.length()))).add(secs);
        }
    }
}
