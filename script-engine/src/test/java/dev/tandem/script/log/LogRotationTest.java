package dev.tandem.script.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.record.SlotRecord;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.types.FuncType.Flavor;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When logs rotate and who is told. */
class LogRotationTest extends LogStreamsRig {
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
}
