package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.Global;
import dev.tandem.script.check.Globals;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.ScriptCall;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.SimpleType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.TypeType;
import dev.tandem.script.types.VectorType;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Scripts about themselves: identifiers, types and fields. */
public final class IntrospectionFunctions {
    private IntrospectionFunctions() {}

    private static String globalName(Bytes id) {
        return Globals.qualify("GLOBAL", id.utf8());
    }

    @Bif(value = "lookup_ID", type = "function(id: string): any")
    public static Object lookupId(ScriptContext ctx, Bytes id) {
        Global global = ctx.service(Globals.class).exact(globalName(id));
        if (global == null) {
            return Bytes.of("<unknown id>");
        }
        Object value = global.kind() == Global.Kind.TYPE ? null : global.value();
        return value == null ? Bytes.of("<no ID value>") : AnyValue.wrap(global.type(), value);
    }

    @Bif(value = "global_options", type = "function(): string_set")
    public static TableValue globalOptions(ScriptContext ctx) {
        TableValue names = new TableValue(BifTypes.STRING_SET);
        for (Global g : ctx.service(Globals.class).all()) {
            if (g.kind() == Global.Kind.OPTION) {
                names.add(Bytes.of(g.name()));
            }
        }
        return names;
    }

    @Bif(value = "global_ids", type = "function(): id_table")
    public static TableValue globalIds(ScriptContext ctx) {
        TableValue ids = new TableValue(Declared.type(ctx, "id_table", TableType.class));
        RecordType idType = Declared.type(ctx, "script_id", RecordType.class);
        Globals globals = ctx.service(Globals.class);
        for (Global g : globals.all()) {
            ids.put(Bytes.of(g.name()), id(ctx, g, idType));
        }
        for (String module : globals.modules()) {
            RecordValue r = Records.bare(idType);
            r.set(0, Bytes.of("module"));
            for (int flag = 1; flag <= 6; flag++) {
                r.set(flag, false);
            }
            ids.put(Bytes.of("module " + module), r);
        }
        return ids;
    }

    private static RecordValue id(ScriptContext ctx, Global g, RecordType idType) {
        RecordValue r = Records.bare(idType);
        r.set(0, Bytes.of(g.type().label()));
        r.set(1, g.isExported());
        r.set(2, g.kind() == Global.Kind.CONST);
        r.set(3, g.kind() == Global.Kind.ENUM_CONSTANT);
        r.set(4, g.kind() == Global.Kind.OPTION);
        r.set(5, g.attributes().has(Attr.REDEF));
        r.set(6, g.attributes().has(Attr.BACKEND));
        Object value = g.kind() == Global.Kind.TYPE ? null : g.value();
        if (value != null) {
            r.set(7, AnyValue.wrap(g.type(), value));
        }
        if (!g.attributes().kinds().isEmpty() && idType.slot("attributes") >= 0) {
            r.set(idType.slot("attributes"), attributes(ctx, g.attributes()));
        }
        return r;
    }

    private static VectorValue attributes(ScriptContext ctx, Attributes attributes) {
        VectorValue list = new VectorValue(Declared.type(ctx, "script_id_attrs", VectorType.class));
        RecordType attributeType = Declared.type(ctx, "script_id_attr", RecordType.class);
        for (Attr a : attributes.kinds()) {
            RecordValue r = Records.bare(attributeType);
            r.set(0, Bytes.of(a.keyword()));
            AttributeValue expression = attributes.get(a);
            if (expression != null) {
                r.set(1, Bytes.of(expression.text()));
            }
            list.add(r);
        }
        return list;
    }

    private static @Nullable Type typeNamed(ScriptContext ctx, Bytes name) {
        return ctx.type(globalName(name));
    }

    @Bif(value = "enum_names", type = "function(et: any): string_set")
    public static TableValue enumNames(ScriptContext ctx, Object et) {
        Object type = et instanceof Bytes name ? typeNamed(ctx, name) : et;
        TableValue names = new TableValue(BifTypes.STRING_SET);
        if (type instanceof EnumType e) {
            e.values().forEach(v -> names.add(v.text()));
        }
        return names;
    }

    @Bif(value = "type_aliases", type = "function(x: any): string_set")
    public static TableValue typeAliases(ScriptContext ctx, Object x) {
        Type of = AnyValue.typeOf(x) instanceof TypeType t ? t.of() : AnyValue.typeOf(x);
        TableValue names = new TableValue(BifTypes.STRING_SET);
        if (of instanceof SimpleType && of.name() == null) {
            return names;
        }
        for (Global g : ctx.service(Globals.class).all()) {
            if (g.kind() == Global.Kind.TYPE && g.type() == of) {
                names.add(Bytes.of(g.name()));
            }
        }
        return names;
    }

    @Bif(value = "record_fields", type = "function(rec: any): record_field_table")
    public static TableValue recordFields(ScriptContext ctx, Object rec) {
        TableValue table = new TableValue(
                Declared.type(ctx, "record_field_table", TableType.class), Attributes.NONE.with(Attr.ORDERED, null));
        Object of = rec instanceof Bytes name ? typeNamed(ctx, name) : rec;
        RecordValue value = of instanceof RecordValue r ? r : null;
        if (!((value == null ? of : value.layout()) instanceof RecordType type)) {
            String what = rec instanceof Bytes
                    ? "record_fields string argument does not name a record type"
                    : "non-record value/type passed to record_fields";
            ctx.reporter().error(what, null);
            return table;
        }
        RecordType fieldType = Declared.type(ctx, "record_field", RecordType.class);
        for (int slot = 0; slot < type.size(); slot++) {
            RecordField field = type.field(slot);
            RecordValue r = Records.bare(fieldType);
            r.set(0, Bytes.of(typeText(field.type())));
            r.set(1, field.isLogged());
            Object current = value == null ? null : value.get(slot);
            if (current != null) {
                r.set(2, AnyValue.wrap(field.type(), current));
            }
            AttributeValue def = field.attributes().get(Attr.DEFAULT);
            Object defaultValue = def == null ? null : def.evaluate();
            if (defaultValue != null) {
                r.set(3, AnyValue.wrap(field.type(), defaultValue));
            }
            r.set(4, field.isOptional() || field.hasDefault());
            table.put(Bytes.of(field.name()), r);
        }
        return table;
    }

    /** Containers spelled out, with the names of records in them. */
    private static String typeText(Type type) {
        return switch (type) {
            case RecordType r -> "record " + r.typeName();
            case VectorType v -> "vector of " + typeText(v.element());
            case TableType t -> {
                String index =
                        t.index().stream().map(IntrospectionFunctions::typeText).collect(Collectors.joining(","));
                Type yield = t.yield();
                yield yield == null ? "set[" + index + "]" : "table[" + index + "] of " + typeText(yield);
            }
            case EnumType e -> "enum " + (e.name() == null ? "" : e.name());
            default -> type.tag().label();
        };
    }

    /** The calls that run, innermost first; the first is that of this function. Of compiled code the arguments are not known. */
    @Bif(value = "backtrace", type = "function(): Backtrace")
    public static VectorValue backtrace(ScriptContext ctx) {
        VectorValue calls = new VectorValue(Declared.type(ctx, "Backtrace", VectorType.class));
        calls.add(call(ctx, new ScriptCall("backtrace", new RecordType(List.of()), List.of(), ctx.callSite())));
        ctx.stack().forEach(c -> calls.add(call(ctx, c)));
        return calls;
    }

    private static RecordValue call(ScriptContext ctx, ScriptCall call) {
        VectorValue arguments = new VectorValue(Declared.type(ctx, "call_argument_vector", VectorType.class));
        for (int i = 0; i < call.params().size(); i++) {
            RecordField parameter = call.params().field(i);
            RecordValue a = Declared.record(ctx, "call_argument");
            a.set(0, Bytes.of(parameter.name()));
            a.set(1, Bytes.of(parameter.type().label()));
            AttributeValue def = parameter.attributes().get(Attr.DEFAULT);
            Object standard = def == null ? null : def.evaluate();
            a.set(2, standard == null ? null : AnyValue.wrap(parameter.type(), standard));
            Object value = i < call.arguments().size() ? call.arguments().get(i) : null;
            a.set(3, value == null ? null : AnyValue.wrap(parameter.type(), value));
            arguments.add(a);
        }
        RecordValue r = Declared.record(ctx, "BacktraceElement");
        r.set(0, Bytes.of(call.function()));
        r.set(1, arguments);
        Position from = call.from();
        if (from != null && from.isKnown()) {
            r.set(2, Bytes.of(from.source().name()));
            r.set(3, (long) from.line());
        }
        return r;
    }

    @Bif(value = "is_event_handled", type = "function(event_name: string): bool")
    public static boolean isEventHandled(ScriptContext ctx, Bytes eventName) {
        Global global = ctx.service(Globals.class).exact(globalName(eventName));
        boolean event = global != null && global.type() instanceof FuncType f && f.flavor() == FuncType.Flavor.EVENT;
        if (!event) {
            ctx.callError("is_event_handled: '" + eventName.utf8() + "' is not an event", null);
            return false;
        }
        return ctx.eventTypes().event(globalName(eventName)).wanted();
    }

    @Bif(value = "global_container_footprints", type = "function(): var_sizes")
    public static TableValue globalContainerFootprints(ScriptContext ctx) {
        TableValue sizes = new TableValue(Declared.type(ctx, "var_sizes", TableType.class));
        for (Global g : ctx.service(Globals.class).all()) {
            Object v = g.value();
            if (v instanceof TableValue || v instanceof VectorValue || v instanceof RecordValue) {
                sizes.put(Bytes.of(g.name()), new Footprint().of(v));
            }
        }
        return sizes;
    }
}
