package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.Global;
import dev.tandem.script.check.Globals;
import dev.tandem.script.check.TypeRules;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.Copy;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Tag;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.VectorType;
import org.jspecify.annotations.Nullable;

/** Options: globals that change while scripts run, and the functions that hear of it (Zeek {@code src/option.bif}). */
public final class OptionFunctions {
    private OptionFunctions() {}

    private static @Nullable Global option(ScriptContext ctx, Bytes id) {
        Global global = ctx.service(Globals.class).exact(Globals.qualify("GLOBAL", id.utf8()));
        if (global == null) {
            ctx.callError("Could not find ID named '" + id.utf8() + "'", null);
            return null;
        }
        if (global.kind() != Global.Kind.OPTION) {
            ctx.callError("ID '" + id.utf8() + "' is not an option", null);
            return null;
        }
        return global;
    }

    @Bif(value = "Option::set", type = "function(ID: string, val: any, location: string &default=\"\"): bool")
    public static boolean set(ScriptContext ctx, Bytes id, Object val, @Nullable Bytes location) {
        Global option = option(ctx, id);
        if (option == null || ctx.isTerminating()) {
            return false;
        }
        Type got = AnyValue.typeOf(val);
        Object value = AnyValue.unwrap(val);
        if (!TypeRules.same(option.type(), got)) {
            Object empty = emptyLike(option, got);
            if (empty == null) {
                ctx.callError(
                        "Incompatible type for set of ID '" + id.utf8() + "': got '"
                                + got.tag().label() + "', need '"
                                + option.type().tag().label() + "'",
                        null);
                return false;
            }
            value = empty;
        }
        for (FuncValue handler : ctx.service(OptionHandlers.class).of(option.name())) {
            RecordType params = handler.type().params();
            Bytes where = location == null ? Bytes.EMPTY : location;
            Object offered = params.field(1).type().is(Tag.ANY) ? AnyValue.wrap(option.type(), value) : value;
            Object changed = params.size() == 3 ? handler.call(id, offered, where) : handler.call(id, offered);
            if (changed == null) {
                return false;
            }
            value = AnyValue.unwrap(changed);
        }
        option.value(Copy.of(value));
        return true;
    }

    /** What an empty {@code table()}, {@code set()} or {@code vector()} without a type means for an option; else null. */
    private static @Nullable Object emptyLike(Global option, Type got) {
        if (option.type() instanceof TableType wanted && got instanceof TableType t && t.isUnspecified()) {
            return option.value() instanceof TableValue old
                    ? new TableValue(wanted, old.attributes())
                    : new TableValue(wanted);
        }
        boolean isVector = option.type() instanceof VectorType && got instanceof VectorType v && v.isUnspecified();
        return isVector ? new VectorValue((VectorType) option.type()) : null;
    }

    @Bif(
            value = "Option::set_change_handler",
            type = "function(ID: string, on_change: any, priority: int &default=0): bool")
    public static boolean setChangeHandler(ScriptContext ctx, Bytes id, Object onChange, @Nullable Long priority) {
        Global option = option(ctx, id);
        if (option == null) {
            return false;
        }
        if (!(onChange instanceof FuncValue handler)) {
            ctx.callError(
                    "Option::on_change needs function argument; got '"
                            + AnyValue.typeOf(onChange).tag().label() + "' for ID '" + id.utf8() + "'",
                    null);
            return false;
        }
        String refusal = refusal(handler.type(), option.type(), id.utf8());
        if (refusal != null) {
            ctx.callError(refusal, null);
            return false;
        }
        ctx.service(OptionHandlers.class).add(option.name(), handler, priority == null ? 0 : priority);
        return true;
    }

    /** Why a function cannot be a handler; null when it can. */
    private static @Nullable String refusal(FuncType handler, Type option, String id) {
        RecordType params = handler.params();
        if (handler.flavor() != FuncType.Flavor.FUNCTION) {
            return "Option::on_change needs function argument; not hook or event";
        }
        if (params.size() < 2 || params.size() > 3) {
            return "Wrong number of arguments for passed function in Option::on_change for ID '" + id
                    + "'; expected 2 or 3, got " + params.size();
        }
        if (!params.field(0).type().is(Tag.STRING)) {
            return "First argument of passed function has to be string in Option::on_change for ID '" + id + "'; got '"
                    + label(params, 0) + "'";
        }
        if (!takes(params.field(1).type(), option)) {
            return "Second argument of passed function has to be "
                    + option.tag().label() + " in Option::on_change for ID '" + id + "'; got '" + label(params, 1)
                    + "'";
        }
        if (params.size() == 3 && !params.field(2).type().is(Tag.STRING)) {
            return "Third argument of passed function has to be string in Option::on_change for ID '" + id + "'; got '"
                    + label(params, 2) + "'";
        }
        if (!takes(handler.yield(), option)) {
            return "Passed function needs to return type '" + option.tag().label() + "' for ID '" + id + "'; got '"
                    + handler.yield().tag().label() + "'";
        }
        return null;
    }

    /** A handler of any takes every option. */
    private static boolean takes(Type handlers, Type option) {
        return handlers.is(Tag.ANY) || TypeRules.same(handlers, option);
    }

    private static String label(RecordType params, int slot) {
        return params.field(slot).type().tag().label();
    }

    @Bif(value = "Option::any_set_to_any_vec", type = "function(v: any): any_vec")
    public static VectorValue anySetToAnyVec(ScriptContext ctx, Object v) {
        VectorValue list = new VectorValue(BifTypes.ANY_VEC);
        if (!(v instanceof TableValue set) || !set.type().isSet()) {
            ctx.callError("argument is not a set", null);
            return list;
        }
        for (int e = set.nextEntry(-1); e >= 0; e = set.nextEntry(e)) {
            Object key = set.entryKey(e);
            if (key != null) {
                Object[] parts = TableValue.parts(key);
                list.add(parts.length == 1 ? AnyValue.wrap(set.type().index().get(0), parts[0]) : key);
            }
        }
        return list;
    }
}
