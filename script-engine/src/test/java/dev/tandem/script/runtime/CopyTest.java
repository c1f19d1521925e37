package dev.tandem.script.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.record.SlotRecord;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Types;
import dev.tandem.script.types.VectorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyTest {
    private static final VectorType COUNTS = new VectorType(Types.COUNT);

    @Test
    void immutableValuesAreTheirOwnCopy() {
        Bytes s = Bytes.of("x");
        assertSame(s, Copy.of(s));
    }

    @Test
    void changingACopyLeavesTheOriginal() {
        TableValue t = new TableValue(new TableType(List.of(Types.STRING), COUNTS));
        VectorValue v = new VectorValue(COUNTS);
        v.add(1L);
        t.put(Bytes.of("k"), v);
        TableValue copy = (TableValue) Copy.of(t);
        VectorValue inner = (VectorValue) copy.get(Bytes.of("k"));
        assertNotSame(v, inner);
        inner.add(2L);
        copy.put(Bytes.of("l"), inner);
        assertEquals(1, v.size());
        assertEquals(1, t.size());
    }

    @Test
    void sharingAndCyclesSurvive() {
        VectorValue v = new VectorValue(new VectorType(Types.ANY));
        VectorValue shared = new VectorValue(COUNTS);
        v.add(v);
        v.add(shared);
        v.add(shared);
        v.add(null);
        VectorValue copy = (VectorValue) Copy.of(v);
        assertSame(copy, copy.get(0));
        assertSame(copy.get(1), copy.get(2));
        assertNotSame(shared, copy.get(1));
        assertNull(copy.get(3));
        assertEquals(4, copy.size());
    }

    @Test
    void recordKeysAreCopiedWithTheTable() {
        RecordType type = new RecordType(List.of(new RecordField("n", Types.COUNT, Attributes.NONE)));
        RecordValue r = new SlotRecord(type);
        r.set(0, 3L);
        TableValue t = new TableValue(new TableType(List.of(type), null));
        t.add(TableValue.key(r));
        TableValue copy = (TableValue) Copy.of(t);
        r.set(0, 4L);
        RecordValue same = new SlotRecord(type);
        same.set(0, 3L);
        assertEquals(true, copy.contains(TableValue.key(same)));
    }
}
