package dev.tandem.script.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.types.TableType;
import dev.tandem.script.types.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What an attacker may choose as keys does not turn a table into a list. */
final class EqualityTest {
    private static final int KEYS = 4096;

    /** Of that many different keys, chance alone makes one or two share a hash of 32 bits. */
    private static void spreads(String what, IntFunction<Object> key) {
        Set<Integer> hashes = new HashSet<>();
        Set<Integer> slots = new HashSet<>();
        for (int i = 0; i < KEYS; i++) {
            int hash = Equality.hash(key.apply(i));
            hashes.add(hash);
            slots.add(hash & 4 * KEYS - 1);
        }
        assertTrue(hashes.size() > KEYS - 8, what + ": " + hashes.size() + " hashes");
        // With four slots a key, 88 % are expected to be hit by one key alone or first.
        assertTrue(slots.size() > KEYS * 8 / 10, what + ": " + slots.size() + " slots");
    }

    /** 12 times "Aa" or "BB", which String.hashCode and all its kin cannot tell apart. */
    private static Bytes collidingText(int bits) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            s.append((bits >> i & 1) == 0 ? "Aa" : "BB");
        }
        return Bytes.of(s.toString());
    }

    @Test
    void keysThatCollideElsewhereAreApartHere() {
        assertEquals(
                collidingText(0).latin1().hashCode(),
                collidingText(KEYS - 1).latin1().hashCode());
        spreads("strings", EqualityTest::collidingText);
        spreads("numbers that differ in high bits", i -> (long) i << 48);
        spreads("numbers in steps of a table's size", i -> (long) i << 20);
        spreads("doubles", i -> (double) ((long) i << 40));
        spreads("addresses of a /96", i -> Addr.v6((long) i << 40, 1));
        spreads("IPv4 addresses with the same end", i -> Addr.v4(i << 16 | 1));
        spreads(
                "addresses and ports",
                i -> TableValue.key(Addr.v4(i >> 6), Port.of(i & 63, Port.Proto.TCP), collidingText(i)));
        spreads("sets", i -> {
            TableValue set = new TableValue(new TableType(List.of(Types.COUNT), null));
            set.add((long) i);
            return set;
        });
    }

    @Test
    void setsHashByContentNotByOrder() {
        TableValue one = new TableValue(new TableType(List.of(Types.COUNT), null));
        TableValue two = new TableValue(one.type());
        for (long n = 0; n < 5; n++) {
            one.add(n);
            two.add(4 - n);
        }
        assertEquals(Equality.hash(one), Equality.hash(two));
        assertTrue(Equality.equal(one, two));
    }
}
