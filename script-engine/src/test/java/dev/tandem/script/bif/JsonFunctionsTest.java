package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.SimpleType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFunctionsTest {
    private static final Attributes OPTIONAL = Attributes.NONE.with(Attr.OPTIONAL, null);
    private static final Attributes LOGGED = Attributes.NONE.with(Attr.LOG, null);

    private final RecordingContext ctx = new RecordingContext();

    @BeforeEach
    void declareResult() {
        ctx.types.put(
                "from_json_result",
                new RecordType(List.of(
                        new RecordField("v", Types.ANY, OPTIONAL),
                        new RecordField("valid", Types.BOOL, Attributes.NONE),
                        new RecordField("err", Types.STRING, OPTIONAL))));
    }

    private String json(Object value) {
        return ((Bytes) ctx.call("to_json", value, null, null, null)).utf8();
    }

    private String read(String json, Type type) {
        return read(json, type, null);
    }

    private String read(String json, Type type, @Nullable FuncValue keys) {
        return Describe.print(ctx.call("from_json", Bytes.of(json), type, keys), Types.ANY)
                .latin1();
    }

    private static AnyValue number(SimpleType type, double d) {
        return new AnyValue(type, d);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3.0",
        "0.25, 0.25",
        "-0.0, -0.0",
        "1e20, 100000000000000000000.0",
        "1e21, 1e21",
        "1.5e30, 1.5e30",
        "0.00001, 0.00001",
        "0.0000015, 0.0000015",
        "0.00000015, 1.5e-7",
        "1527512345.123457, 1527512345.123457",
        "NaN, null",
        "Infinity, null"
    })
    void doublesAreShortest(double d, String expected) {
        assertEquals(expected, json(number(Types.DOUBLE, d)));
    }

    @Test
    void scalars() {
        assertEquals("true", json(true));
        assertEquals("18446744073709551615", json(new AnyValue(Types.COUNT, -1L)));
        assertEquals("\"1.0 min 30.0 secs\"", json(number(Types.INTERVAL, 90)));
        assertEquals("{\"port\":80,\"proto\":\"tcp\"}", json(Port.of(80, Port.Proto.TCP)));
        assertEquals("\"10.0.0.1\"", json(Addr.v4(0x0a000001)));
        assertEquals("\"/^?(a)$?/\"", json(Pattern.compile("a", false, false)));
    }

    @Test
    void intervalsAsNumbersOnRequest() {
        assertEquals("90.0", ctx.text("to_json", number(Types.INTERVAL, 90), null, null, true));
    }

    @Test
    void stringsAreEscapedTwiceWhereTheyAreNoText() {
        assertEquals("\"a\\\"b\\\\c\\n\\t/\"", json(Bytes.of("a\"b\\c\n\t/")));
        assertEquals("\"\u00e4\"", json(Bytes.of("\u00e4")));
        assertEquals("\"\\\\x07\"", json(Bytes.of("\u0007")));
        assertEquals("\"\\\\xc3\\\\xa4\\\\xff\"", json(Bytes.latin1("\u00c3\u00a4\u00ff")));
    }

    @Test
    void recordsLeaveOutUnsetAndUnloggedFields() {
        RecordType type = new RecordType(List.of(
                new RecordField("_a", Types.COUNT, LOGGED),
                new RecordField("b", Types.STRING, OPTIONAL),
                new RecordField("c", Types.INT, Attributes.NONE)));
        RecordValue r = Records.bare(type);
        r.set(0, 1L);
        r.set(2, -1L);
        assertEquals("{\"a\":1,\"c\":-1}", json(r));
        assertEquals("{\"_a\":1}", ctx.text("to_json", r, true, Pattern.compile("nothing", false, false), null));
    }

    @Test
    void containers() {
        VectorValue v = new VectorValue(new VectorType(Types.COUNT));
        v.add(1L);
        v.set(2, 3L);
        assertEquals("[1,null,3]", json(v));
        TableValue byString = new TableValue(new TableType(List.of(Types.STRING), Types.BOOL));
        byString.put(Bytes.of("k"), true);
        assertEquals("{\"k\":true}", json(byString));
        TableValue byCount = new TableValue(new TableType(List.of(Types.COUNT), Types.BOOL));
        byCount.put(2L, false);
        assertEquals("{\"2\":false}", json(byCount));
        TableValue pairs = new TableValue(new TableType(List.of(Types.STRING, Types.COUNT), null));
        pairs.add(TableValue.key(Bytes.of("x"), 1L));
        assertEquals("[[\"x\",1]]", json(pairs));
        TableValue byPair = new TableValue(new TableType(List.of(Types.STRING, Types.COUNT), Types.BOOL));
        byPair.put(TableValue.key(Bytes.of("x"), 1L), true);
        assertEquals("{\"[\\\"x\\\",1]\":true}", json(byPair));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"a;JSON parse error: Missing a closing quotation mark in string. Offset: 3",
                "'';JSON parse error: The document is empty. Offset: 0",
                "[1,];JSON parse error: Invalid value. Offset: 3",
                "[1 2];JSON parse error: Missing a comma or ] after an array element. Offset: 3",
                "{1:2};JSON parse error: Missing a name for object member. Offset: 1",
                "[] x;JSON parse error: The document root must not be followed by other values. Offset: 3",
                "tru;JSON parse error: Invalid value. Offset: 3",
                "1.;JSON parse error: Miss fraction part in number. Offset: 2",
                "\"\\q\";JSON parse error: Invalid escape character in string. Offset: 1"
            })
    void malformedTextIsExplained(String json, String error) {
        assertEquals("[v=<uninitialized>, valid=F, err=" + error + "]", read(json, Types.COUNT));
    }

    @Test
    void deepNestingIsRefusedNotFatal() {
        String error = read("[".repeat(100_000), new VectorType(Types.ANY));
        assertEquals("[v=<uninitialized>, valid=F, err=JSON parse error: Invalid value. Offset: 1000]", error);
    }

    @Test
    void scalarsAreRead() {
        assertEquals("[v=5, valid=T, err=<uninitialized>]", read("5", Types.COUNT));
        assertEquals(
                "[v=18446744073709551615, valid=T, err=<uninitialized>]", read("18446744073709551615", Types.COUNT));
        assertEquals("[v=-5, valid=T, err=<uninitialized>]", read("-5", Types.INT));
        assertEquals("[v=1.0 hr 1.0 sec, valid=T, err=<uninitialized>]", read("\"1 hr  1 sec\"", Types.INTERVAL));
        assertEquals("[v=2.0 mins, valid=T, err=<uninitialized>]", read("120", Types.INTERVAL));
        assertEquals("[v=53/udp, valid=T, err=<uninitialized>]", read("\"53/udp\"", Types.PORT));
        assertEquals("[v=53/udp, valid=T, err=<uninitialized>]", read("{\"port\":53,\"proto\":\"udp\"}", Types.PORT));
        assertEquals("[v=2001:db8::/32, valid=T, err=<uninitialized>]", read("\"[2001:db8::1]/32\"", Types.SUBNET));
        assertEquals("[v=/^?(a|b)$?/, valid=T, err=<uninitialized>]", read("\"/a|b/\"", Types.PATTERN));
        assertEquals("[v=\\xe2\\x82\\xac, valid=T, err=<uninitialized>]", read("\"\\u20ac\"", Types.STRING));
        assertEquals("[v=<uninitialized>, valid=T, err=<uninitialized>]", read("null", Types.STRING));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "-1;cannot convert JSON type 'number' to Zeek type 'count'",
                "1.0;cannot convert JSON type 'number' to Zeek type 'count'",
                "\"1\";cannot convert JSON type 'string' to Zeek type 'count'",
                "[];cannot convert JSON type 'array' to Zeek type 'count'",
                "{};cannot convert JSON type 'object' to Zeek type 'count'",
                "true;cannot convert JSON type 'bool' to Zeek type 'count'"
            })
    void mismatchesAreNamed(String json, String error) {
        assertEquals("[v=<uninitialized>, valid=F, err=" + error + "]", read(json, Types.COUNT));
    }

    @Test
    void badTextForScalarsIsNamed() {
        assertEquals(
                "[v=<uninitialized>, valid=F, err=invalid value for addr: '1.2.3']", read("\"1.2.3\"", Types.ADDR));
        assertEquals(
                "[v=<uninitialized>, valid=F, err=wrong interval format, invalid unit type years]",
                read("\"1 years\"", Types.INTERVAL));
        EnumType color = new EnumType();
        color.name("Color");
        color.add("RED", null);
        assertEquals("[v=RED, valid=T, err=<uninitialized>]", read("\"RED\"", color));
        assertEquals(
                "[v=<uninitialized>, valid=F, err='PINK' is not a valid enum for 'Color'.]", read("\"PINK\"", color));
    }

    @Test
    void containersAreReadWithoutNulls() {
        assertEquals("[v=[1, 2], valid=T, err=<uninitialized>]", read("[1,null,2]", new VectorType(Types.COUNT)));
        assertEquals(
                "[v={\n[1, T]\n}, valid=T, err=<uninitialized>]",
                read("[[1,true]]", new TableType(List.of(Types.COUNT, Types.BOOL), null)));
        assertEquals(
                "[v={\n[1.2.3.4, 5] = x\n}, valid=T, err=<uninitialized>]",
                read(
                        "{\"[\\\"1.2.3.4\\\", 5]\":\"x\"}",
                        new TableType(List.of(Types.ADDR, Types.COUNT), Types.STRING)));
        assertEquals(
                "[v=<uninitialized>, valid=F, err=index type doesn't match]",
                read("[[1]]", new TableType(List.of(Types.COUNT, Types.BOOL), null)));
    }

    @Test
    void recordsNeedTheirMandatoryFields() {
        RecordType type = new RecordType(List.of(
                new RecordField("my_name", Types.STRING, Attributes.NONE),
                new RecordField("n", Types.COUNT, OPTIONAL)));
        type.name("Rec");
        assertEquals(
                "[v=[my_name=x, n=<uninitialized>], valid=T, err=<uninitialized>]",
                read("{\"my_name\":\"x\",\"other\":[],\"n\":null}", type));
        assertEquals(
                "[v=<uninitialized>, valid=F, err=required field Rec$my_name is missing in JSON]", read("{}", type));
        assertEquals(
                "[v=<uninitialized>, valid=F, err=required field Rec$my_name is null in JSON]",
                read("{\"my_name\":null}", type));
        RecordType params = new RecordType(List.of(new RecordField("s", Types.STRING, Attributes.NONE)));
        FuncValue underscores =
                new FuncValue("keys", new FuncType(FuncType.Flavor.FUNCTION, params, Types.STRING, false)) {
                    @Override
                    public @Nullable Object call(@Nullable Object... args) {
                        return Bytes.of(String.valueOf(args[0]).replace('-', '_'));
                    }
                };
        assertEquals(
                "[v=[my_name=y, n=3], valid=T, err=<uninitialized>]",
                read("{\"my-name\":\"y\",\"n\":3}", type, underscores));
    }

    @Test
    void aTypeMustBeGiven() {
        ctx.call("from_json", Bytes.of("[]"), new AnyValue(Types.COUNT, 10L), null);
        assertEquals(List.of("error: from_json() requires a type argument"), ctx.messages);
    }
}
