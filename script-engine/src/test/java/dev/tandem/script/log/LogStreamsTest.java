package dev.tandem.script.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.record.SlotRecord;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.FuncType.Flavor;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams, filters and what becomes of rows. */
class LogStreamsTest extends LogStreamsRig {
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

    @Test
    void unbufferedStreamFlushesEachRow() {
        streams.addFilter(id, filter("default", "test"));
        streams.setBuffered(id, false);
        streams.write(id, row(1));
        assertEquals(1, writers.byPath.get("test").flushes);
    }
}
