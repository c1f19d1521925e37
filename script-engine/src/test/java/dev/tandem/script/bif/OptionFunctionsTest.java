package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.ast.Global;
import dev.tandem.script.check.Globals;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.source.Position;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OptionFunctionsTest {
    private final RecordingContext ctx = new RecordingContext();
    private final Globals globals = new Globals();

    @BeforeEach
    void declareGlobals() {
        ctx.services.put(Globals.class, globals);
        ctx.services.put(OptionHandlers.class, new OptionHandlers());
        declare("Mod::limit", Global.Kind.OPTION, Types.COUNT, 5L);
        declare("fixed", Global.Kind.CONST, Types.COUNT, 1L);
    }

    private Global declare(String name, Global.Kind kind, Type type, @Nullable Object value) {
        Global g = globals.declare(name, kind, Position.NONE);
        g.type(type);
        g.value(value);
        return g;
    }

    private @Nullable Object value(String name) {
        Global g = globals.exact(name);
        return g == null ? null : g.value();
    }

    private static FuncValue handler(
            List<Type> params, Type yield, Function<@Nullable Object[], @Nullable Object> body) {
        List<RecordField> fields = new java.util.ArrayList<>();
        for (Type t : params) {
            fields.add(new RecordField("p" + fields.size(), t, Attributes.NONE));
        }
        return new FuncValue("handler", new FuncType(FuncType.Flavor.FUNCTION, new RecordType(fields), yield, false)) {
            @Override
            public @Nullable Object call(@Nullable Object... args) {
                return body.apply(args);
            }
        };
    }

    private @Nullable Object set(String name, Object value) {
        return ctx.call("Option::set", Bytes.of(name), value, Bytes.of("here"));
    }

    private static AnyValue count(long n) {
        return new AnyValue(Types.COUNT, n);
    }

    @Test
    void optionsChange() {
        assertEquals(true, set("Mod::limit", count(9)));
        assertEquals(9L, value("Mod::limit"));
    }

    @Test
    void handlersSeeAndChangeTheValueByPriority() {
        FuncValue twice = handler(List.of(Types.STRING, Types.COUNT), Types.COUNT, a -> (Long) a[1] * 2);
        FuncValue plusPlace = handler(
                List.of(Types.STRING, Types.COUNT, Types.STRING),
                Types.COUNT,
                a -> (Long) a[1] + ((Bytes) a[2]).length());
        assertEquals(true, ctx.call("Option::set_change_handler", Bytes.of("Mod::limit"), twice, null));
        assertEquals(true, ctx.call("Option::set_change_handler", Bytes.of("Mod::limit"), plusPlace, 10L));
        assertEquals(true, set("Mod::limit", count(3)));
        assertEquals(14L, value("Mod::limit"));
    }

    @Test
    void aHandlerWithoutResultKeepsTheOldValue() {
        FuncValue none = handler(List.of(Types.STRING, Types.COUNT), Types.COUNT, a -> null);
        ctx.call("Option::set_change_handler", Bytes.of("Mod::limit"), none, null);
        assertEquals(false, set("Mod::limit", count(3)));
        assertEquals(5L, value("Mod::limit"));
    }

    @Test
    void emptyTablesTakeTheOptionsType() {
        TableType strings = new TableType(List.of(Types.STRING), null);
        declare("names", Global.Kind.OPTION, strings, new TableValue(strings));
        assertEquals(true, set("names", new TableValue(new TableType(List.of(), null))));
        assertEquals(strings, ((TableValue) value("names")).type());
    }

    @Test
    void whatIsNoOptionOrDoesNotFitIsRefused() {
        assertEquals(false, set("nowhere", count(1)));
        assertEquals(false, set("fixed", count(1)));
        assertEquals(false, set("Mod::limit", Bytes.of("x")));
        FuncValue wrong = handler(List.of(Types.STRING), Types.COUNT, a -> null);
        ctx.call("Option::set_change_handler", Bytes.of("Mod::limit"), wrong, null);
        assertEquals(
                List.of(
                        "error: Could not find ID named 'nowhere'",
                        "error: ID 'fixed' is not an option",
                        "error: Incompatible type for set of ID 'Mod::limit': got 'string', need 'count'",
                        "error: Wrong number of arguments for passed function in Option::on_change for ID 'Mod::limit';"
                                + " expected 2 or 3, got 1"),
                ctx.messages);
    }

    @Test
    void identifiersAreLookedUp() {
        declare("unset", Global.Kind.VARIABLE, Types.STRING, null);
        assertEquals(count(5), ctx.call("lookup_ID", Bytes.of("Mod::limit")));
        assertEquals("<unknown id>", ctx.text("lookup_ID", Bytes.of("nowhere")));
        assertEquals("<no ID value>", ctx.text("lookup_ID", Bytes.of("unset")));
        assertEquals(
                "{\nMod::limit\n}",
                Describe.print(ctx.call("global_options"), Types.ANY).latin1());
    }

    @Test
    void recordFieldsAreListed() {
        RecordType description = new RecordType(List.of(
                new RecordField("type_name", Types.STRING, Attributes.NONE),
                new RecordField("log", Types.BOOL, Attributes.NONE),
                new RecordField("value", Types.ANY, Attributes.NONE),
                new RecordField("default_val", Types.ANY, Attributes.NONE),
                new RecordField("optional", Types.BOOL, Attributes.NONE)));
        ctx.types.put("record_field_table", new TableType(List.of(Types.STRING), description));
        ctx.types.put("record_field", description);
        RecordType inner = new RecordType(List.of());
        inner.name("Inner");
        RecordType type = new RecordType(
                List.of(new RecordField("f", new TableType(List.of(Types.ADDR), inner), Attributes.NONE)));
        assertEquals(
                "{\n[f] = [type_name=table[addr] of record Inner, log=F, value=<uninitialized>,"
                        + " default_val=<uninitialized>, optional=F]\n}",
                Describe.print(ctx.call("record_fields", type), Types.ANY).latin1());
        assertEquals(0, ((TableValue) ctx.call("record_fields", count(1))).size());
        assertEquals(List.of("error: non-record value/type passed to record_fields"), ctx.messages);
    }

    @Test
    void theFirstWeirdsAreToldAndThenEveryThird() {
        WeirdSampling sampling = new WeirdSampling();
        sampling.threshold(2);
        sampling.rate(3);
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            told.append(sampling.permits("odd", "c1", 1.0) ? 'x' : '.');
        }
        assertEquals("xx..x..x.", told.toString());
        assertEquals(true, sampling.permits("odd", "c2", 1.0));
        assertEquals(true, sampling.permits("odd", "c1", 601.0));
    }
}
