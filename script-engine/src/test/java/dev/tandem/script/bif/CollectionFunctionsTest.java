package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CollectionFunctionsTest {
    private final RecordingContext ctx = new RecordingContext();

    private static VectorValue vector(Type element, @Nullable Object... elements) {
        VectorValue v = new VectorValue(new VectorType(element));
        for (Object e : elements) {
            v.add(e);
        }
        return v;
    }

    private static FuncValue comparison(Type element, BiFunction<Object, Object, Long> order) {
        RecordType params = new RecordType(List.of(
                new RecordField("a", element, Attributes.NONE), new RecordField("b", element, Attributes.NONE)));
        return new FuncValue("compare", new FuncType(FuncType.Flavor.FUNCTION, params, Types.INT, false)) {
            @Override
            public @Nullable Object call(@Nullable Object... args) {
                return order.apply(args[0], args[1]);
            }
        };
    }

    private String print(String function, Object... args) {
        return Describe.print(ctx.call(function, args), Types.ANY).latin1();
    }

    /** Zeek orders numbers only by itself. */
    @Test
    void boolsAreNotSortedWithoutAComparison() {
        VectorValue v = vector(Types.BOOL, true, false);
        assertSame(v, ctx.call("sort", v));
        assertEquals("[T, F]", Describe.print(v, v.type()).latin1());
        assertEquals(1, ctx.messages.size());
    }

    @Test
    void sortsInPlaceWithHolesLast() {
        VectorValue v = vector(Types.INT, 5L, null, -3L, 2L);
        assertSame(v, ctx.call("sort", v));
        assertEquals("[-3, 2, 5, ]", Describe.print(v, v.type()).latin1());
    }

    @Test
    void countsSortUnsigned() {
        assertEquals("[1, 18446744073709551615]", print("sort", vector(Types.COUNT, -1L, 1L)));
    }

    @Test
    void sortsByAScriptFunction() {
        FuncValue byLength = comparison(Types.STRING, (a, b) -> (long) ((Bytes) a).length() - ((Bytes) b).length());
        VectorValue v = vector(Types.STRING, Bytes.of("ccc"), Bytes.of("a"), Bytes.of("bb"));
        assertEquals("[1, 2, 0]", print("order", v, byLength));
        assertEquals("[a, bb, ccc]", print("sort", v, byLength));
    }

    @Test
    void anInconsistentComparisonDoesNoHarm() {
        FuncValue always = comparison(Types.COUNT, (a, b) -> -1L);
        VectorValue v = vector(Types.COUNT);
        for (long i = 0; i < 100; i++) {
            v.add(i);
        }
        assertEquals(100, ((VectorValue) ctx.call("sort", v, always)).size());
    }

    @Test
    void orderLeavesTheVectorAlone() {
        VectorValue v = vector(Types.INTERVAL, 3.0, 1.0, 2.0);
        assertEquals("[1, 2, 0]", print("order", v));
        assertEquals(3.0, v.get(0));
    }

    @Test
    void sortRefusesWhatItCannotCompare() {
        ctx.call("sort", Bytes.of("x"));
        ctx.call("sort", vector(Types.STRING, Bytes.of("b")));
        ctx.call("sort", vector(Types.COUNT), Bytes.of("x"));
        ctx.call("order", vector(Types.COUNT), Bytes.of("x"), Bytes.of("y"));
        assertEquals(
                List.of(
                        "error: sort() requires vector",
                        "error: comparison function required for sort() with non-numeric types",
                        "error: second argument to sort() needs to be comparison function",
                        "error: order() called with extraneous argument"),
                ctx.messages);
        assertThrows(ScriptError.class, () -> ctx.call("sort", vector(Types.ANY)));
    }

    @Test
    void anySetAndAllSetWantBools() {
        assertEquals(true, ctx.call("all_set", vector(Types.BOOL, true, true)));
        assertEquals(false, ctx.call("all_set", vector(Types.BOOL, true, null)));
        assertEquals(true, ctx.call("any_set", vector(Types.BOOL, false, true)));
        assertEquals(true, ctx.call("all_set", vector(Types.BOOL)));
        assertEquals(false, ctx.call("any_set", vector(Types.COUNT, 1L)));
        assertEquals(List.of("error: any_set() requires vector of bool"), ctx.messages);
    }

    @Test
    void resizeReturnsTheOldSize() {
        VectorValue v = vector(Types.COUNT, 1L, 2L, 3L);
        assertEquals(3L, ctx.call("resize", v, 2L));
        assertEquals(2L, ctx.call("resize", v, 4L));
        assertEquals("[1, 2, , ]", Describe.print(v, v.type()).latin1());
    }

    @Test
    void keysAndValuesOfTables() {
        TableValue t = new TableValue(new TableType(List.of(Types.STRING), Types.COUNT));
        t.put(Bytes.of("x"), 1L);
        t.put(Bytes.of("y"), 2L);
        assertEquals("{\nx,\ny\n}", print("table_keys", t));
        assertEquals("[1, 2]", print("table_values", t));
        ctx.call("clear_table", t);
        assertEquals(0, t.size());
        assertNull(ctx.call("table_values", Bytes.of("x")));
        assertEquals(List.of("error: table_values() requires a table argument"), ctx.messages);
    }

    private static Subnet subnet(String text) {
        Subnet s = Subnet.parse(text);
        if (s == null) {
            throw new AssertionError(text);
        }
        return s;
    }

    @Test
    void subnetsAroundComeNarrowestFirst() {
        TableValue t = new TableValue(new TableType(List.of(Types.SUBNET), Types.STRING));
        for (String s : List.of("10.0.0.0/8", "10.2.0.0/16", "10.3.0.0/16", "2001:db8::/32")) {
            t.put(subnet(s), Bytes.of(s));
        }
        assertEquals("[10.2.0.0/16, 10.0.0.0/8]", print("matching_subnets", subnet("10.2.7.0/24"), t));
        assertEquals("[10.0.0.0/8]", print("matching_subnets", subnet("10.0.0.0/8"), t));
        assertEquals("{\n[10.0.0.0/8] = 10.0.0.0/8\n}", print("filter_subnet_table", subnet("10.9.0.0/16"), t));
        assertEquals(true, ctx.call("check_subnet", subnet("10.2.0.0/16"), t));
        assertEquals(false, ctx.call("check_subnet", subnet("10.2.0.0/17"), t));
        assertEquals(false, ctx.call("check_subnet", subnet("10.2.0.0/17"), Bytes.of("x")));
        assertEquals(1, ctx.messages.size());
    }

    @Test
    void sameObjectIsIdentityForWhatIsShared() {
        Bytes a = Bytes.of("text");
        assertEquals(true, ctx.call("same_object", a, a));
        assertEquals(false, ctx.call("same_object", a, Bytes.of("text")));
        assertEquals(true, ctx.call("same_object", new AnyValue(Types.INT, 1L), new AnyValue(Types.INT, 1L)));
    }

    @Test
    void footprintsCountContainersAndContents() {
        assertEquals(1L, ctx.call("val_footprint", new AnyValue(Types.COUNT, 4L)));
        assertEquals(6L, ctx.call("val_footprint", vector(Types.COUNT, 1L, 2L, 3L)));
        TableValue t = new TableValue(new TableType(List.of(Types.COUNT), Types.COUNT));
        t.put(1L, 1L);
        assertEquals(4L, ctx.call("val_footprint", t));
        VectorValue self = vector(Types.ANY);
        self.add(self);
        assertEquals(2L, ctx.call("val_footprint", self));
    }
}
