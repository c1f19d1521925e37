package dev.tandem.script.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.record.RecordValue;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.OpaqueValue;
import dev.tandem.script.types.FuncType.Flavor;
import dev.tandem.script.types.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows that wait before they are written. */
class RowDelaysTest extends LogStreamsRig {
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
}
