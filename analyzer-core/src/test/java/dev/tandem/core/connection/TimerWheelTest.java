package dev.tandem.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {
    private static final class Entry extends Timed {
        @Override
        boolean fire(double now) {
            return true;
        }

        @Override
        void expire() {}
    }

    private final TimerWheel wheel = new TimerWheel();

    @Test
    void emptyWheelHasNothingDue() {
        assertEquals(Double.POSITIVE_INFINITY, wheel.nextDue());
        assertNull(wheel.poll(1e9));
    }

    @Test
    void entryBeyondATurnComesNoEarlier() {
        Entry entry = new Entry();
        wheel.poll(1000);
        wheel.add(entry, 3000.5);
        for (double now = 1001; now < 3000; now += 7) {
            assertNull(wheel.poll(now));
        }
        assertNull(wheel.poll(3000.4));
        assertSame(entry, wheel.poll(3000.5));
        assertEquals(0, wheel.size());
    }

    @Test
    void removedEntryDoesNotCome() {
        Entry slot = new Entry();
        Entry heap = new Entry();
        wheel.add(slot, 50);
        wheel.add(heap, 0.5);
        wheel.remove(slot);
        wheel.remove(heap);
        wheel.remove(heap);
        assertNull(wheel.poll(1e12));
        assertEquals(0, wheel.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void firesExactlyInOrderWhateverIsAddedAndRemoved(long seed) {
        Random random = new Random(seed);
        Set<Entry> model = new HashSet<>();
        double now = random.nextInt(2000);
        wheel.poll(now);
        for (int step = 0; step < 20_000; step++) {
            int choice = random.nextInt(10);
            if (choice < 5) {
                Entry entry = new Entry();
                wheel.add(entry, now + random.nextDouble() * (random.nextInt(20) == 0 ? 5000 : 400) - 1);
                model.add(entry);
            } else if (choice < 7 && !model.isEmpty()) {
                Entry entry = model.iterator().next();
                wheel.remove(entry);
                model.remove(entry);
            } else {
                now += random.nextInt(50) == 0 ? random.nextInt(100_000) : random.nextDouble() * 3;
                assertTrue(wheel.nextDue() <= earliest(model));
                fireAll(model, now);
            }
            assertEquals(model.size(), wheel.size());
        }
    }

    private void fireAll(Set<Entry> model, double now) {
        double last = Double.NEGATIVE_INFINITY;
        List<Timed> fired = new ArrayList<>();
        for (Timed entry = wheel.poll(now); entry != null; entry = wheel.poll(now)) {
            assertTrue(entry.wheelDue >= last, "out of order");
            assertTrue(entry.wheelDue <= now, "early");
            last = entry.wheelDue;
            fired.add(entry);
            assertTrue(model.remove(entry), "fired twice");
        }
        assertTrue(earliest(model) > now, "late");
    }

    private static double earliest(Set<Entry> model) {
        double earliest = Double.POSITIVE_INFINITY;
        for (Entry entry : model) {
            earliest = Math.min(earliest, entry.wheelDue);
        }
        return earliest;
    }
}
