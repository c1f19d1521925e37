package dev.tandem.script.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.record.SlotRecord;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Attr;
import dev.tandem.script.types.AttributeValue;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.FuncType;
import dev.tandem.script.types.FuncType.Flavor;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogStreamsTest {
    private static final Attributes LOG = Attributes.NONE.with(Attr.LOG, null);
    private static final Attributes OPTIONAL_LOG = LOG.with(Attr.OPTIONAL, null);
    private static final Attributes OPTIONAL = Attributes.NONE.with(Attr.OPTIONAL, null);

    private final FakeContext context = new FakeContext();
    private final FakeWriters writers = new FakeWriters();
    private final LogStreams streams = new LogStreams(context, writers);

    private final EnumType ids = new EnumType();
    private final EnumValue id = ids.add("Test::LOG", null);
    private final EnumType writerKinds = new EnumType();
    private final EnumValue ascii = writerKinds.add("Log::WRITER_ASCII", null);
    private final EnumValue broken = writerKinds.add("Log::WRITER_BROKEN", null);

    private final TableType strings = new TableType(List.of(Types.STRING), null);
    private final TableType stringMap = new TableType(List.of(Types.STRING), Types.STRING);
    private final RecordType inner = new RecordType(List.of(
            new RecordField("a", Types.COUNT, LOG),
            new RecordField("hidden", Types.COUNT, OPTIONAL),
            new RecordField("b", Types.STRING, OPTIONAL_LOG)));
    private final RecordType columns = new RecordType(List.of(
            new RecordField("ts", Types.TIME, LOG),
            new RecordField("secret", Types.STRING, OPTIONAL),
            new RecordField("in", inner, OPTIONAL_LOG),
            new RecordField("tags", strings, OPTIONAL_LOG),
            new RecordField("list", new VectorType(Types.INT), OPTIONAL_LOG),
            new RecordField("n", Types.COUNT, LOG.with(Attr.DEFAULT, value(Types.COUNT, 7L)))));

    private final RecordType filterType = new RecordType(List.of(
            field("name", Types.STRING, null),
            field("writer", writerKinds, ascii),
            field("path", Types.STRING, null),
            field("path_func", Types.ANY, null),
            field("include", strings, null),
            field("exclude", strings, null),
            field("log_local", Types.BOOL, true),
            field("log_remote", Types.BOOL, true),
            field("field_name_map", stringMap, new TableValue(stringMap)),
            field("scope_sep", Types.STRING, Bytes.of(".")),
            field("ext_prefix", Types.STRING, Bytes.of("_")),
            field("ext_func", Types.ANY, null),
            field("interv", Types.INTERVAL, 0.0),
            field("postprocessor", Types.ANY, null),
            field("config", stringMap, new TableValue(stringMap)),
            field("pred", Types.ANY, null),
            field("policy", Types.ANY, null)));
    private final RecordType streamType = new RecordType(List.of(
            field("columns", Types.ANY, null),
            field("ev", Types.ANY, null),
            field("path", Types.STRING, null),
            field("policy", Types.ANY, null),
            field("max_delay_interval", Types.INTERVAL, 0.2),
            field("max_delay_queue_size", Types.COUNT, 3L),
            field("max_field_string_bytes", Types.COUNT, 10L),
            field("max_total_string_bytes", Types.COUNT, 1000L),
            field("max_field_container_elements", Types.COUNT, 3L),
            field("max_total_container_elements", Types.COUNT, 100L)));

    private final List<String> calls = new ArrayList<>();

    private static AttributeValue value(Type type, Object value) {
        return new AttributeValue() {
            @Override
            public Type type() {
                return type;
            }

            @Override
            public Object evaluate() {
                return value;
            }

            @Override
            public boolean isConstant() {
                return true;
            }

            @Override
            public String text() {
                return value.toString();
            }
        };
    }

    private static RecordField field(String name, Type type, @Nullable Object byDefault) {
        return new RecordField(
                name, type, byDefault == null ? OPTIONAL : OPTIONAL.with(Attr.DEFAULT, value(type, byDefault)));
    }

    private FuncValue function(Flavor flavor, Type yield, Function<Object[], @Nullable Object> body) {
        FuncType type = new FuncType(flavor, new RecordType(List.of()), yield, false);
        return new FuncValue("f", type) {
            @Override
            public @Nullable Object call(@Nullable Object... args) {
                return body.apply(args);
            }
        };
    }

    private FuncValue hook(Function<Object[], @Nullable Object> body) {
        return function(Flavor.HOOK, Types.BOOL, body);
    }

    private static void set(RecordValue r, String name, @Nullable Object value) {
        r.set(((RecordType) r.layout()).slot(name), value);
    }

    private RecordValue filter(String name, @Nullable String path) {
        RecordValue f = new SlotRecord(filterType);
        set(f, "name", Bytes.of(name));
        set(f, "path", path == null ? null : Bytes.of(path));
        return f;
    }

    private RecordValue row(double ts) {
        RecordValue r = Records.make(columns);
        set(r, "ts", ts);
        return r;
    }

    private RecordValue stream() {
        RecordValue s = new SlotRecord(streamType);
        set(s, "columns", columns);
        return s;
    }

    @BeforeEach
    void makeStream() {
        assertTrue(streams.create(id, stream()));
    }

    @Test
    void flattensNestedRecordsAndLeavesOutWhatIsNotLogged() {
        streams.addFilter(id, filter("default", "test"));
        RecordValue r = row(1);
        RecordValue in = Records.make(inner);
        set(in, "a", 5L);
        set(in, "b", Bytes.of("x"));
        set(r, "in", in);
        assertTrue(streams.write(id, r));
        assertEquals("ts in.a in.b tags list n", writers.header("test"));
        assertEquals(List.of("t1.0|5|x|-|-|7"), writers.rows("test"));
    }

    @Test
    void unsetNestedRecordLeavesAllItsColumnsUnset() {
        streams.addFilter(id, filter("default", "test"));
        streams.write(id, row(1));
        assertEquals(List.of("t1.0|-|-|-|-|7"), writers.rows("test"));
    }

    @Test
    void longContainersAndStringsAreCutWithAWeird() {
        List<String> weirds = new ArrayList<>();
        context.eventTypes().event("net_weird").handler((type, args) -> weirds.add(args[0] + " " + args[1]));
        streams.addFilter(id, filter("default", "test"));
        RecordValue r = row(1);
        TableValue tags = new TableValue(strings);
        for (String t : new String[] {"a", "b", "0123456789ABC", "d"}) {
            tags.add(Bytes.of(t));
        }
        set(r, "tags", tags);
        VectorValue list = new VectorValue(new VectorType(Types.INT));
        list.set(1, -4L);
        set(r, "list", list);
        streams.write(id, r);
        context.events().drain();
        assertEquals(List.of("t1.0|-|-|{3|a|b|0123456789|}|{2|-|-4|}|7"), writers.rows("test"));
        assertEquals(
                List.of("log_container_field_truncated Test::LOG", "log_string_field_truncated Test::LOG"), weirds);
    }

    @Test
    void includeExcludeRenameAndSeparatorShapeTheColumns() {
        RecordValue f = filter("default", "test");
        TableValue include = new TableValue(strings);
        include.add(Bytes.of("ts"));
        include.add(Bytes.of("in/a"));
        include.add(Bytes.of("n"));
        TableValue exclude = new TableValue(strings);
        exclude.add(Bytes.of("n"));
        TableValue names = new TableValue(stringMap);
        names.put(Bytes.of("in/a"), Bytes.of("apple"));
        set(f, "include", include);
        set(f, "exclude", exclude);
        set(f, "field_name_map", names);
        set(f, "scope_sep", Bytes.of("/"));
        streams.addFilter(id, f);
        streams.write(id, row(1));
        assertEquals("ts apple", writers.header("test"));
    }

    @Test
    void extensionColumnsComeFirstWithTheirPrefix() {
        RecordType extra = new RecordType(List.of(new RecordField("sys", Types.STRING, LOG)));
        RecordValue f = filter("default", "test");
        set(f, "ext_func", function(Flavor.FUNCTION, extra, args -> {
            RecordValue e = new SlotRecord(extra);
            e.set(0, Bytes.of("node-" + args[0]));
            return e;
        }));
        streams.addFilter(id, f);
        streams.write(id, row(1));
        assertEquals("_sys ts in.a in.b tags list n", writers.header("test"));
        assertEquals(List.of("node-test|t1.0|-|-|-|-|7"), writers.rows("test"));
    }

    @Test
    void secondFilterOfTheSamePathGetsANumberAndAWarning() {
        streams.addFilter(id, filter("default", "test"));
        streams.addFilter(id, filter("other", "test"));
        streams.addFilter(id, filter("third", "test"));
        streams.write(id, row(1));
        streams.write(id, row(2));
        assertEquals(2, writers.rows("test").size());
        assertEquals(2, writers.rows("test-2").size());
        assertEquals(2, writers.rows("test-3").size());
        assertEquals(
                "warning: Write using filter 'other' on path 'test' changed to use new path 'test-2' to avoid conflict"
                        + " with filter 'default'",
                context.messages.get(0));
        assertEquals(2, context.messages.size());
    }

    @Test
    void pathFunctionMayNameAnotherLogForEachRow() {
        RecordValue f = filter("default", null);
        set(f, "path_func", function(Flavor.FUNCTION, Types.STRING, args -> {
            calls.add(args[1].toString());
            return Bytes.of("p" + ((RecordValue) args[2]).get(0));
        }));
        streams.addFilter(id, f);
        streams.write(id, row(1));
        streams.write(id, row(2));
        streams.write(id, row(1));
        assertEquals(2, writers.rows("p1.0").size());
        assertEquals(1, writers.rows("p2.0").size());
        assertEquals(List.of("", "p1.0", "p1.0"), calls);
    }

    @Test
    void pathFunctionWithoutResultIsAnError() {
        RecordValue f = filter("default", null);
        set(f, "path_func", function(Flavor.FUNCTION, Types.STRING, args -> null));
        streams.addFilter(id, f);
        assertFalse(streams.write(id, row(1)));
        assertEquals(List.of("error: path_func did not return a value"), context.messages);
    }

    @Test
    void vetoOfTheGlobalHookStillShowsTheRowToFilters() {
        context.globals.put("Log::log_stream_policy", hook(args -> false));
        RecordValue f = filter("default", "test");
        set(f, "policy", hook(args -> {
            calls.add("filter");
            return true;
        }));
        streams.addFilter(id, f);
        assertTrue(streams.write(id, row(1)));
        assertEquals(List.of("filter"), calls);
        assertEquals(List.of(), writers.rows("test"));
    }

    @Test
    void filterPolicyAndPredicateKeepARowOutOfTheirLogOnly() {
        RecordValue vetoed = filter("vetoed", "vetoed");
        set(vetoed, "policy", hook(args -> false));
        RecordValue refused = filter("refused", "refused");
        set(refused, "pred", function(Flavor.FUNCTION, Types.BOOL, args -> false));
        streams.addFilter(id, vetoed);
        streams.addFilter(id, refused);
        streams.addFilter(id, filter("default", "test"));
        streams.write(id, row(1));
        assertEquals(List.of(), writers.rows("vetoed"));
        assertEquals(List.of(), writers.rows("refused"));
        assertEquals(1, writers.rows("test").size());
    }

    @Test
    void hookMayChangeTheRow() {
        context.globals.put("Log::log_stream_policy", hook(args -> {
            set((RecordValue) args[0], "n", 99L);
            return true;
        }));
        streams.addFilter(id, filter("default", "test"));
        streams.write(id, row(1));
        assertEquals(List.of("t1.0|-|-|-|-|99"), writers.rows("test"));
    }

    @Test
    void rowOfAnotherTypeIsPromoted() {
        streams.addFilter(id, filter("default", "test"));
        RecordType loose = new RecordType(List.of(new RecordField("ts", Types.TIME, Attributes.NONE)));
        RecordValue r = new SlotRecord(loose);
        r.set(0, 4.0);
        assertTrue(streams.write(id, r));
        assertEquals(List.of("t4.0|-|-|-|-|7"), writers.rows("test"));
    }

    @Test
    void rowThatDoesNotFitIsRefused() {
        streams.addFilter(id, filter("default", "test"));
        RecordType other = new RecordType(List.of(new RecordField("x", Types.TIME, Attributes.NONE)));
        assertFalse(streams.write(id, new SlotRecord(other)));
        assertEquals(List.of("error: incompatible log record type"), context.messages);
    }

    @Test
    void streamWithoutLoggedFieldsIsRefused() {
        RecordValue s = stream();
        set(s, "columns", new RecordType(List.of(new RecordField("x", Types.TIME, Attributes.NONE))));
        assertFalse(streams.create(ids.add("Test::OTHER", null), s));
        assertEquals(List.of("error: logged record type does not have any &log attributes"), context.messages);
    }

    @Test
    void disabledStreamTakesRowsAndWritesNothing() {
        streams.addFilter(id, filter("default", "test"));
        streams.enable(id, false);
        assertTrue(streams.write(id, row(1)));
        streams.enable(id, true);
        assertTrue(streams.write(id, row(2)));
        assertEquals(1, writers.rows("test").size());
    }

    @Test
    void unknownStreamIsFalseEverywhere() {
        EnumValue unknown = ids.add("Test::UNKNOWN", null);
        assertFalse(streams.write(unknown, row(1)));
        assertFalse(streams.addFilter(unknown, filter("default", "x")));
        assertFalse(streams.removeFilter(unknown, "default"));
        assertFalse(streams.flush(unknown));
        assertEquals(-1, streams.delayedRows(unknown));
        assertEquals(List.of(), context.messages);
    }

    @Test
    void writerThatCannotBeOpenedIsReportedOnce() {
        RecordValue f = filter("default", "test");
        set(f, "writer", broken);
        streams.addFilter(id, f);
        streams.write(id, row(1));
        streams.write(id, row(2));
        assertEquals(1, context.messages.size());
    }

    private OpaqueValue delayed;

    private void delayEveryRow(@Nullable FuncValue callback) {
        context.globals.put("Log::log_stream_policy", hook(args -> {
            delayed = streams.delay(id, (RecordValue) args[0], callback);
            return true;
        }));
        streams.addFilter(id, filter("default", "test"));
    }

    @Test
    void delayedRowIsWrittenWhenItsTimeIsUp() {
        delayEveryRow(null);
        streams.write(id, row(1));
        assertEquals(1000.2, streams.nextDue());
        streams.runUntil(1000.1);
        assertEquals(List.of(), writers.rows("test"));
        streams.runUntil(1000.2);
        assertEquals(1, writers.rows("test").size());
        assertEquals(0, streams.delayedRows(id));
    }

    @Test
    void finishedDelayLetsTheRowGoAtOnce() {
        delayEveryRow(null);
        RecordValue r = row(1);
        streams.write(id, r);
        assertTrue(streams.finishDelay(id, r, delayed));
        assertEquals(1, writers.rows("test").size());
        assertFalse(streams.finishDelay(id, r, delayed));
    }

    @Test
    void fullQueueLetsTheOldestGo() {
        delayEveryRow(null);
        for (int i = 1; i <= 5; i++) {
            streams.write(id, row(i));
        }
        assertEquals(List.of("t1.0|-|-|-|-|7", "t2.0|-|-|-|-|7"), writers.rows("test"));
        assertEquals(3, streams.delayedRows(id));
    }

    @Test
    void allDelayedRowsAreWrittenAtTheEnd() {
        delayEveryRow(null);
        streams.write(id, row(1));
        streams.write(id, row(2));
        streams.close();
        assertEquals(2, writers.rows("test").size());
        assertTrue(writers.byPath.get("test").closed);
    }

    @Test
    void callbackMayDropOrDelayAnew() {
        int[] asked = {0};
        FuncValue[] again = new FuncValue[1];
        again[0] = function(Flavor.FUNCTION, Types.BOOL, args -> {
            if (asked[0]++ == 0) {
                streams.delay(id, (RecordValue) args[0], again[0]);
                return true;
            }
            return false;
        });
        delayEveryRow(again[0]);
        streams.write(id, row(1));
        context.now = 1000.2;
        streams.runUntil(1000.2);
        assertEquals(1, streams.delayedRows(id));
        context.now = 1000.5;
        streams.runUntil(1000.5);
        assertEquals(2, asked[0]);
        assertEquals(0, streams.delayedRows(id));
        assertEquals(List.of(), writers.rows("test"));
    }

    @Test
    void delayOutsideTheHookIsAnError() {
        streams.delay(id, row(1), null);
        assertEquals(
                List.of("error: invalid Log::delay() call: outside of Log::log_stream_policy() hook"),
                context.messages);
    }

    @Test
    void maximumDelayOnlyGrows() {
        assertTrue(streams.setMaxDelay(id, 30));
        assertFalse(streams.setMaxDelay(id, 5));
        assertEquals(List.of("warning: refusing to set lower delay 5.000000 < 30.000000"), context.messages);
    }

    @Test
    void logRotatesAtItsTimeAndAtTheEnd() {
        RecordType format = new RecordType(List.of(
                field("writer", writerKinds, null),
                field("path", Types.STRING, null),
                field("open", Types.TIME, null),
                field("close", Types.TIME, null),
                field("terminating", Types.BOOL, null),
                field("postprocessor", Types.ANY, null)));
        RecordType path = new RecordType(
                List.of(field("dir", Types.STRING, Bytes.EMPTY), field("file_basename", Types.STRING, null)));
        RecordType info = new RecordType(List.of(
                field("writer", writerKinds, null),
                field("fname", Types.STRING, null),
                field("path", Types.STRING, null),
                field("open", Types.TIME, null),
                field("close", Types.TIME, null),
                field("terminating", Types.BOOL, null)));
        context.types.put("Log::RotationFmtInfo", format);
        context.types.put("Log::RotationInfo", info);
        context.globals.put("log_rotate_base_time", Bytes.EMPTY);
        context.globals.put("Log::rotation_format_func", function(Flavor.FUNCTION, path, args -> {
            RecordValue answer = new SlotRecord(path);
            set(answer, "file_basename", Bytes.of("old-" + ((RecordValue) args[0]).get(1)));
            return answer;
        }));
        RecordValue f = filter("default", "test");
        set(f, "interv", 300.0);
        set(f, "postprocessor", function(Flavor.FUNCTION, Types.BOOL, args -> {
            calls.add(((RecordValue) args[0]).get(1) + " " + ((RecordValue) args[0]).get(5));
            return true;
        }));
        streams.addFilter(id, f);
        streams.write(id, row(1));
        assertEquals(1200.0, streams.nextDue());
        streams.runUntil(1199);
        context.now = 1201;
        streams.runUntil(1201);
        assertEquals(1500.0, streams.nextDue());
        streams.close();
        assertEquals(
                List.of("old-test 1000.0 1201.0 false", "old-test 1201.0 1201.0 true"),
                writers.byPath.get("test").rotations);
        assertEquals(List.of("old-test.log false", "old-test.log true"), calls);
    }

    @Test
    void unbufferedStreamFlushesEachRow() {
        streams.addFilter(id, filter("default", "test"));
        streams.setBuffered(id, false);
        streams.write(id, row(1));
        assertEquals(1, writers.byPath.get("test").flushes);
    }
}
