package dev.tandem.script.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.record.SlotRecord;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribeTest {
    private static final RecordType PAIR = new RecordType(List.of(
            new RecordField("a", Types.COUNT, Attributes.NONE), new RecordField("b", Types.ANY, Attributes.NONE)));

    private static String print(Object value, Type type) {
        return Describe.print(value, type).latin1();
    }

    private static String raw(Object value, Type type) {
        return Describe.raw(value, type).latin1();
    }

    private static Addr addr(String text) {
        Addr a = Addr.parse(text);
        if (a == null) {
            throw new AssertionError(text);
        }
        return a;
    }

    private static TableValue set(Type element, Object... elements) {
        TableValue t = new TableValue(new TableType(List.of(element), null));
        for (Object e : elements) {
            t.add(TableValue.key(e));
        }
        return t;
    }

    @Test
    void scalarsPrintByType() {
        assertEquals("T", print(true, Types.BOOL));
        assertEquals("18446744073709551615", print(-1L, Types.COUNT));
        assertEquals("-1", print(-1L, Types.INT));
        assertEquals("1527512345.5", print(1527512345.5, Types.TIME));
        assertEquals("80/tcp", print(Port.of(80, Port.Proto.TCP), Types.PORT));
        assertEquals("2001:db8::1", print(addr("2001:db8::1"), Types.ADDR));
        assertEquals("10.0.0.0/8", print(new Subnet(addr("10.1.2.3"), 104), Types.SUBNET));
        assertEquals("/^?(a|b)$?/", print(Pattern.compile("a|b", false, false), Types.PATTERN));
    }

    @Test
    void enumConstantsPrintWithTheirModule() {
        EnumType e = new EnumType();
        assertEquals("Color::RED", print(e.add("Color::RED", null), e));
        assertEquals("BLUE", print(e.add("BLUE", null), e));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 secs",
        "1, 1.0 sec",
        "-90, -1.0 min -30.0 secs",
        "5400, 1.0 hr 30.0 mins",
        "93784.5, 1.0 day 2.0 hrs 3.0 mins 4.0 secs 500.0 msecs",
        "0.0000005, 0.5 usecs",
        "0.0000000000001, 0 secs",
        "2.000001, 2.0 secs 1.0 usec"
    })
    void intervalsPrintInUnits(double seconds, String expected) {
        assertEquals(expected, print(seconds, Types.INTERVAL));
    }

    @Test
    void printEscapesStringsAndRawDoesNot() {
        Bytes s = Bytes.latin1("a\n\t\u00e9\\\"");
        assertEquals("a\\x0a\\x09\\xe9\\\"", print(s, Types.STRING));
        assertEquals("a\n\t\u00e9\\\"", raw(s, Types.STRING));
    }

    @Test
    void recordsShowUnsetFields() {
        RecordValue r = new SlotRecord(PAIR);
        r.set(0, 7L);
        assertEquals("[a=7, b=<uninitialized>]", print(r, PAIR));
        r.set(1, new AnyValue(Types.INTERVAL, 60.0));
        assertEquals("[a=7, b=1.0 min]", print(r, PAIR));
    }

    @Test
    void vectorsShowHolesAsNothing() {
        VectorValue v = new VectorValue(new VectorType(Types.COUNT));
        assertEquals("[]", print(v, v.type()));
        v.set(0, 1L);
        v.set(2, 3L);
        assertEquals("[1, , 3]", print(v, v.type()));
    }

    @Test
    void setsArePrintedOnePerLineWithoutIndent() {
        assertEquals("{\n\n}", print(set(Types.COUNT), Types.ANY));
        assertEquals("{\n1,\n2\n}", print(set(Types.COUNT, 1L, 2L), Types.ANY));
    }

    @Test
    void rawSetsIndentAllButStringsAndDoubles() {
        assertEquals("{\n\t1,\n\t2\n}", raw(set(Types.COUNT, 1L, 2L), Types.ANY));
        assertEquals("{\na,\nb\n}", raw(set(Types.STRING, Bytes.of("a"), Bytes.of("b")), Types.ANY));
        assertEquals("{\n1.5\n}", raw(set(Types.DOUBLE, 1.5), Types.ANY));
    }

    @Test
    void tablesShowKeysInBrackets() {
        TableValue inner = set(Types.PORT, Port.of(53, Port.Proto.UDP));
        TableValue t = new TableValue(new TableType(List.of(Types.ADDR, Types.STRING), inner.type()));
        t.put(TableValue.key(addr("1.2.3.4"), Bytes.of("x")), inner);
        assertEquals("{\n[1.2.3.4, x] = {\n53/udp\n}\n}", print(t, t.type()));
        assertEquals("{\n\t[1.2.3.4, x] = {\n\t\t53/udp\n\t}\n}", raw(t, t.type()));
    }

    @Test
    void compositeSetElementsAreBracketed() {
        TableValue t = new TableValue(new TableType(List.of(Types.COUNT, Types.BOOL), null));
        t.add(TableValue.key(4L, true));
        assertEquals("{\n[4, T]\n}", print(t, t.type()));
    }

    @Test
    void cyclesAreNamedNotFollowed() {
        VectorValue v = new VectorValue(new VectorType(Types.ANY));
        v.add(v);
        assertEquals("[<cycle>]", print(v, v.type()));
    }

    @Test
    void sharedButAcyclicValuesAreShownTwice() {
        VectorValue inner = new VectorValue(new VectorType(Types.BOOL));
        inner.add(false);
        VectorValue outer = new VectorValue(new VectorType(inner.type()));
        outer.add(inner);
        outer.add(inner);
        assertEquals("[[F], [F]]", print(outer, outer.type()));
    }

    @Test
    void filesAndTypesShowWhatTheyAre() {
        assertEquals(
                "file \"out.txt\" of string", print(new FileValue("out.txt", new ByteArrayOutputStream()), Types.ANY));
        assertEquals("table[count] of string", print(new TableType(List.of(Types.COUNT), Types.STRING), Types.ANY));
    }

    @Test
    void aPrintedLineSeparatesValuesUnlessRaw() {
        Object[] values = {Bytes.of("a\n"), 2L};
        Type[] types = {Types.STRING, Types.INT};
        assertEquals("a\\x0a, 2\n", Describe.line(values, types, 0, false).latin1());
        assertEquals("a\n2", Describe.line(values, types, 0, true).latin1());
        assertEquals("2\n", Describe.line(values, types, 1, false).latin1());
    }
}
