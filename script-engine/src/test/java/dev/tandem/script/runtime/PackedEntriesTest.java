package dev.tandem.script.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Port;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PackedEntriesTest {
    private static TableValue table(@Nullable Type yield, Type... index) {
        return new TableValue(new TableType(List.of(index), yield));
    }

    private static Object key(int n) {
        return TableValue.key(Addr.v4(0x0a000000 + n), Port.of(n % 7, n % 2 == 0 ? Port.Proto.TCP : Port.Proto.UDP));
    }

    @Test
    void isAMapThatKeepsTheOrderOfInsertion() {
        TableValue table = table(Types.COUNT, Types.ADDR, Types.PORT);
        Map<Object, Object> model = new LinkedHashMap<>();
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            Object key = key(random.nextInt(700));
            if (random.nextInt(3) == 0) {
                assertEquals(model.remove(key), table.remove(key));
            } else {
                assertEquals(model.put(key, (long) i), table.put(key, (long) i));
            }
        }
        List<Object> keys = new ArrayList<>();
        for (int e = table.nextEntry(-1); e >= 0; e = table.nextEntry(e)) {
            keys.add(table.entryKey(e));
            assertEquals(model.get(table.entryKey(e)), table.entryValue(e));
        }
        assertEquals(new ArrayList<>(model.keySet()), keys);
    }

    @Test
    void numbersStayValidWhileItGrowsUnderALoop() {
        TableValue set = table(null, Types.COUNT);
        set.add(1L);
        set.add(2L);
        set.beginLoop();
        int first = set.nextEntry(-1);
        set.remove(1L);
        for (long n = 3; n < 100; n++) {
            set.add(n);
        }
        assertNull(set.entryKey(first));
        assertEquals(2L, set.entryKey(set.nextEntry(first)));
        set.endLoop();
        assertEquals(98, set.size());
    }

    @Test
    void keysInWordsAndAsObjectsAreTheSame() {
        TableValue table = table(Types.DOUBLE, Types.ADDR, Types.PORT);
        Addr addr = Addr.v6(1, 2);
        Port port = Port.of(53, Port.Proto.UDP);
        table.insert(new long[] {1, 2, KeyWords.word(port)}, Double.doubleToLongBits(2.5));
        assertEquals(2.5, table.get(TableValue.key(addr, port)));
        assertEquals(TableValue.key(addr, port), table.entryKey(0));
        assertFalse(table.contains(TableValue.key(addr, Port.of(53, Port.Proto.TCP))));
        assertTrue(table.find(new long[] {1, 3, KeyWords.word(port)}) < 0);
    }

    @Test
    void aKeyOfAnotherTypeIsNotThere() {
        TableValue set = table(null, Types.COUNT);
        set.add(1L);
        assertFalse(set.contains(1.0));
    }
}
