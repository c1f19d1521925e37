package dev.tandem.script.runtime;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.ListType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values as text (Zeek {@code src/Desc.cc} and the ValDescribe methods of {@code src/Val.cc}).
 *
 * <p>Three styles, because Zeek has three: what {@code print} writes to a file has the bytes of strings escaped and sets not
 * indented; what {@code cat}, {@code fmt} and a raw file take has strings as they are and sets indented by tabs; messages
 * escape and indent.
 *
 * <p>{@code type} is the static type of a value; it decides where the Java class does not (int or count, double, time or
 * interval). For static type any the value tells its type itself ({@link AnyValue}).
 */
public final class Describe {
    /** How strings and line breaks inside a value come out. */
    public enum Style {
        PRINT(true, false),
        RAW(false, true),
        MESSAGE(true, true);

        private final boolean escapes;
        private final boolean indents;

        Style(boolean escapes, boolean indents) {
            this.escapes = escapes;
            this.indents = indents;
        }
    }

    private static final Bytes CYCLE = Bytes.of("<cycle>");
    private static final Bytes UNSET = Bytes.of("<uninitialized>");

    private final ByteSink out;
    private final Style style;
    private int indent;
    private @Nullable List<Object> open;

    private Describe(ByteSink out, Style style) {
        this.out = out;
        this.style = style;
    }

    /** As {@code print} writes it. */
    public static Bytes print(@Nullable Object value, Type type) {
        return describe(value, type, Style.PRINT);
    }

    /** As {@code cat} and {@code fmt("%s")} give it. */
    public static Bytes raw(@Nullable Object value, Type type) {
        return value instanceof Bytes b ? b : describe(value, type, Style.RAW);
    }

    /**
     * What one {@code print} writes.
     *
     * @param types static types of the values
     * @param from index of the first value to print: 1 when the first is the file
     * @param raw for a file with raw output: values as they are, nothing between them, no line end
     */
    public static Bytes line(Object[] values, Type[] types, int from, boolean raw) {
        ByteSink out = new ByteSink();
        for (int i = from; i < values.length; i++) {
            if (i > from && !raw) {
                out.add(',').add(' ');
            }
            append(out, values[i], types[i], raw ? Style.RAW : Style.PRINT);
        }
        return raw ? out.toBytes() : out.add('\n').toBytes();
    }

    /** For a message about a value. */
    public static String message(@Nullable Object value, Type type) {
        return describe(value, type, Style.MESSAGE).utf8();
    }

    private static Bytes describe(@Nullable Object value, Type type, Style style) {
        ByteSink out = new ByteSink();
        append(out, value, type, style);
        return out.toBytes();
    }

    /** Appends a value; nothing for null. */
    public static void append(ByteSink out, @Nullable Object value, Type type, Style style) {
        if (value instanceof Bytes b) {
            appendString(out, b, style);
        } else if (value != null) {
            new Describe(out, style).value(value, type);
        }
    }

    private static void appendString(ByteSink out, Bytes b, Style style) {
        if (style.escapes) {
            appendEscaped(out, b);
        } else {
            out.add(b);
        }
    }

    /** Bytes outside printable ASCII as {@code \xHH}. */
    public static Bytes escape(Bytes raw) {
        for (int i = 0; i < raw.length(); i++) {
            if (!isPrintable(raw.at(i))) {
                ByteSink out = new ByteSink(raw.length() + 16);
                appendEscaped(out, raw);
                return out.toBytes();
            }
        }
        return raw;
    }

    /** As {@link #escape}. */
    public static void appendEscaped(ByteSink out, Bytes raw) {
        for (int i = 0; i < raw.length(); i++) {
            int b = raw.at(i);
            if (isPrintable(b)) {
                out.add(b);
            } else {
                out.add('\\').add('x').hex(b);
            }
        }
    }

    static boolean isPrintable(int b) {
        return b >= ' ' && b <= '~';
    }

    private void value(Object value, Type type) {
        switch (value) {
            case AnyValue a -> value(a.value(), a.type());
            case Bytes b -> appendString(out, b, style);
            case Long n -> {
                startLine();
                if (type.is(Tag.COUNT)) {
                    out.unsigned(n);
                } else {
                    out.add(n.longValue());
                }
            }
            case Double d -> {
                if (type.is(Tag.INTERVAL)) {
                    interval(d);
                } else {
                    DoubleText.append(out, d);
                }
            }
            case Boolean b -> text(b ? "T" : "F");
            case Addr a -> text(a.toString());
            case Port p -> text(p.toString());
            case Subnet s -> text(s.toString());
            case EnumValue e -> {
                startLine();
                out.add(e.text());
            }
            case Pattern p -> {
                startLine();
                out.add(Bytes.latin1(p.text()));
            }
            case RecordValue r -> record(r);
            case TableValue t -> table(t);
            case VectorValue v -> vector(v);
            case Tuple t -> tuple(t, type);
            case FileValue f ->
                text("file \"" + f.name() + "\" of " + f.type().element().label());
            case OpaqueValue o -> text(o.text());
            case Type t -> text(t.label());
            default -> text(value.toString());
        }
    }

    private void text(String s) {
        startLine();
        out.add(s);
    }

    /** Zeek indents when something other than a raw string or a double follows a line break. */
    private void startLine() {
        if (indent > 0 && style.indents && out.last() == '\n') {
            for (int i = 0; i < indent; i++) {
                out.add('\t');
            }
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean enter(Object aggregate) {
        List<Object> list = open;
        if (list == null) {
            list = new ArrayList<>(4);
            open = list;
        }
        for (Object o : list) {
            if (o == aggregate) {
                startLine();
                out.add(CYCLE);
                return false;
            }
        }
        list.add(aggregate);
        return true;
    }

    private void leave() {
        List<Object> list = open;
        if (list != null) {
            list.remove(list.size() - 1);
        }
    }

    private void record(RecordValue r) {
        if (!enter(r)) {
            return;
        }
        startLine();
        out.add('[');
        if (r.layout() instanceof RecordType type) {
            for (int i = 0; i < type.size(); i++) {
                if (i > 0) {
                    out.add(',').add(' ');
                }
                out.add(type.field(i).name()).add('=');
                Object v = r.get(i);
                if (v == null) {
                    out.add(UNSET);
                } else {
                    value(v, type.field(i).type());
                }
            }
        }
        out.add(']');
        leave();
    }

    private void vector(VectorValue v) {
        if (!enter(v)) {
            return;
        }
        startLine();
        out.add('[');
        Type element = v.type().element();
        for (int i = 0; i < v.size(); i++) {
            if (i > 0) {
                out.add(',').add(' ');
            }
            Object e = v.get(i);
            if (e != null) {
                value(e, element);
            }
        }
        out.add(']');
        leave();
    }

    private void table(TableValue t) {
        if (!enter(t)) {
            return;
        }
        startLine();
        out.add('{');
        indent++;
        out.add('\n');
        Type yield = t.type().yield();
        boolean first = true;
        for (int e = t.nextEntry(-1); e >= 0; e = t.nextEntry(e)) {
            Object key = t.entryKey(e);
            if (key == null) {
                continue;
            }
            if (!first) {
                out.add(',').add('\n');
            }
            first = false;
            entry(t, key, t.entryValue(e), yield);
        }
        indent--;
        out.add('\n');
        startLine();
        out.add('}');
        leave();
    }

    private void entry(TableValue t, Object key, @Nullable Object value, @Nullable Type yield) {
        Object[] parts = TableValue.parts(key);
        boolean brackets = yield != null || parts.length != 1;
        if (brackets) {
            startLine();
            out.add('[');
        }
        parts(parts, t.type().index());
        if (brackets) {
            out.add(']');
        }
        if (yield != null) {
            out.add(" = ");
            if (value != null) {
                value(value, yield);
            }
        }
    }

    private void tuple(Tuple t, Type type) {
        parts(t.parts(), type instanceof ListType l ? l.parts() : List.of());
    }

    private void parts(Object[] parts, List<Type> types) {
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                out.add(',').add(' ');
            }
            value(parts[i], i < types.size() ? types.get(i) : Types.ANY);
        }
    }

    private static final double[] UNIT_SECONDS = {86400, 3600, 60, 1, 1e-3, 1e-6};
    private static final String[] UNIT_NAMES = {"day", "hr", "min", "sec", "msec", "usec"};

    private void interval(double seconds) {
        if (seconds == 0) {
            text("0 secs");
            return;
        }
        double rest = seconds;
        boolean some = false;
        int last = UNIT_SECONDS.length - 1;
        for (int i = 0; i <= last; i++) {
            double unit = UNIT_SECONDS[i];
            double number;
            if (i == last) {
                number = rest / unit;
                if (Math.abs(number) < 1e-6) {
                    if (!some) {
                        text("0 secs");
                    }
                    return;
                }
            } else {
                if (!(rest >= unit || rest <= -unit)) {
                    continue;
                }
                number = rest / unit;
                number = number < 0 ? Math.ceil(number) : Math.floor(number);
                rest -= number * unit;
            }
            if (some) {
                out.add(' ');
            }
            some = true;
            DoubleText.append(out, number);
            out.add(' ').add(UNIT_NAMES[i]);
            if (Math.abs(Math.abs(number) - 1) >= 1e-6) {
                out.add('s');
            }
        }
    }
}
