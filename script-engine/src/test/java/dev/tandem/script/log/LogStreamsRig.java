package dev.tandem.script.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.record.SlotRecord;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.runtime.TableValue;
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

/** A stream with columns of several kinds, and what tests of it share. */
abstract class LogStreamsRig {
    static final Attributes LOG = Attributes.NONE.with(Attr.LOG, null);
    static final Attributes OPTIONAL_LOG = LOG.with(Attr.OPTIONAL, null);
    static final Attributes OPTIONAL = Attributes.NONE.with(Attr.OPTIONAL, null);

    final FakeContext context = new FakeContext();
    final FakeWriters writers = new FakeWriters();
    final LogStreams streams = new LogStreams(context, writers);

    final EnumType ids = new EnumType();
    final EnumValue id = ids.add("Test::LOG", null);
    final EnumType writerKinds = new EnumType();
    final EnumValue ascii = writerKinds.add("Log::WRITER_ASCII", null);
    final EnumValue broken = writerKinds.add("Log::WRITER_BROKEN", null);

    final TableType strings = new TableType(List.of(Types.STRING), null);
    final TableType stringMap = new TableType(List.of(Types.STRING), Types.STRING);
    final RecordType inner = new RecordType(List.of(
            new RecordField("a", Types.COUNT, LOG),
            new RecordField("hidden", Types.COUNT, OPTIONAL),
            new RecordField("b", Types.STRING, OPTIONAL_LOG)));
    final RecordType columns = new RecordType(List.of(
            new RecordField("ts", Types.TIME, LOG),
            new RecordField("secret", Types.STRING, OPTIONAL),
            new RecordField("in", inner, OPTIONAL_LOG),
            new RecordField("tags", strings, OPTIONAL_LOG),
            new RecordField("list", new VectorType(Types.INT), OPTIONAL_LOG),
            new RecordField("n", Types.COUNT, LOG.with(Attr.DEFAULT, value(Types.COUNT, 7L)))));

    final RecordType filterType = new RecordType(List.of(
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
    final RecordType streamType = new RecordType(List.of(
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

    final List<String> calls = new ArrayList<>();

    static AttributeValue value(Type type, Object value) {
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

    static RecordField field(String name, Type type, @Nullable Object byDefault) {
        return new RecordField(
                name, type, byDefault == null ? OPTIONAL : OPTIONAL.with(Attr.DEFAULT, value(type, byDefault)));
    }

    FuncValue function(Flavor flavor, Type yield, Function<Object[], @Nullable Object> body) {
        FuncType type = new FuncType(flavor, new RecordType(List.of()), yield, false);
        return new FuncValue("f", type) {
            @Override
            public @Nullable Object call(@Nullable Object... args) {
                return body.apply(args);
            }
        };
    }

    FuncValue hook(Function<Object[], @Nullable Object> body) {
        return function(Flavor.HOOK, Types.BOOL, body);
    }

    static void set(RecordValue r, String name, @Nullable Object value) {
        r.set(((RecordType) r.layout()).slot(name), value);
    }

    RecordValue filter(String name, @Nullable String path) {
        RecordValue f = new SlotRecord(filterType);
        set(f, "name", Bytes.of(name));
        set(f, "path", path == null ? null : Bytes.of(path));
        return f;
    }

    RecordValue row(double ts) {
        RecordValue r = Records.make(columns);
        set(r, "ts", ts);
        return r;
    }

    RecordValue stream() {
        RecordValue s = new SlotRecord(streamType);
        set(s, "columns", columns);
        return s;
    }

    @BeforeEach
    void makeStream() {
        assertTrue(streams.create(id, stream()));
    }
}
