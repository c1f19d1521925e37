package dev.tandem.core.connection;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Timers of many connections, fired exactly in the order of their times.
 *
 * <p>A wheel of slots of a sixteenth of a second, the tick, holds what is due in a later tick; an entry costs a link there.
 * What is due in the current tick or before sits in a small heap. So far-off timers cost nothing until their tick comes, and
 * re-arming is putting into another slot. Entries due more than a turn ahead come up early and stay where they are. When time
 * jumps, one turn of the wheel is looked at, however far the jump. A tick is so short because all of it moves to the heap at
 * once: of a flood's hundreds of thousands of timers a second no more than a few milliseconds' work.
 */
public final class TimerWheel {
    private static final int TICKS_A_SECOND = 16;
    private static final int SLOTS = 512 * TICKS_A_SECOND;
    private static final int MASK = SLOTS - 1;

    private final @Nullable Timed[] slots = new Timed[SLOTS];

    /** A bit for each slot that holds something. */
    private final long[] occupied = new long[SLOTS / Long.SIZE];

    private Timed[] heap = new Timed[64];
    private int heapSize;
    private int size;
    private int most;
    private long total;

    /** Everything due in this tick or before is in the heap. */
    private long tick;

    /** No slot before that tick holds anything. */
    private long nextTick = Long.MAX_VALUE;

    /** Entries. */
    public int size() {
        return size;
    }

    /** The most entries there were at once. */
    public int most() {
        return most;
    }

    /** Entries put in so far, those put in again too. */
    public long total() {
        return total;
    }

    /** Puts an entry in; it must not be in. */
    void add(Timed entry, double due) {
        entry.wheelDue = due;
        total++;
        most = Math.max(most, ++size);
        long at = tickOf(due);
        if (at <= tick) {
            push(entry);
            return;
        }
        int slot = (int) at & MASK;
        Timed first = slots[slot];
        entry.wheelNext = first;
        entry.wheelPrevious = null;
        if (first != null) {
            first.wheelPrevious = entry;
        }
        slots[slot] = entry;
        occupied[slot / Long.SIZE] |= 1L << slot;
        entry.wheelPlace = Timed.IN_SLOT;
        // A due time beyond one turn shows up in its slot earlier.
        nextTick = Math.min(nextTick, Math.min(at, tick + 1 + (at - tick - 1 & MASK)));
    }

    private static long tickOf(double due) {
        return (long) Math.floor(due * TICKS_A_SECOND);
    }

    /** Takes an entry out if it is in. */
    void remove(Timed entry) {
        if (entry.wheelPlace == Timed.IDLE) {
            return;
        }
        if (entry.wheelPlace == Timed.IN_SLOT) {
            unlink(entry);
        } else {
            removeFromHeap(entry.wheelPlace);
        }
        entry.wheelPlace = Timed.IDLE;
        size--;
    }

    /** Time of the earliest entry or something earlier; infinity when there is none. */
    double nextDue() {
        if (heapSize > 0) {
            return heap[0].wheelDue;
        }
        return size == 0 ? Double.POSITIVE_INFINITY : (double) nextTick / TICKS_A_SECOND;
    }

    /** Takes out the earliest entry due at or before {@code now}; null when there is none. */
    @Nullable
    Timed poll(double now) {
        long target = tickOf(now);
        if (target > tick) {
            advance(target);
        }
        if (heapSize == 0 || heap[0].wheelDue > now) {
            return null;
        }
        Timed first = heap[0];
        removeFromHeap(0);
        first.wheelPlace = Timed.IDLE;
        size--;
        return first;
    }

    private void advance(long target) {
        if (nextTick <= target) {
            long from = Math.max(tick + 1, nextTick);
            long to = Math.min(target, from + SLOTS - 1);
            for (long t = from; t <= to; t++) {
                emptySlot((int) t & MASK, target);
            }
        }
        tick = target;
        findNextTick();
    }

    private void emptySlot(int slot, long target) {
        Timed entry = slots[slot];
        while (entry != null) {
            Timed next = entry.wheelNext;
            if (tickOf(entry.wheelDue) <= target) {
                unlink(entry);
                push(entry);
            }
            entry = next;
        }
    }

    private void findNextTick() {
        nextTick = Long.MAX_VALUE;
        if (size == heapSize) {
            return;
        }
        // Word by word around the wheel; the first one comes again at the end, for the slots before this tick's.
        int slot = (int) (tick + 1) & MASK;
        long bits = occupied[slot / Long.SIZE] & -1L << slot;
        while (bits == 0) {
            slot = (slot & -Long.SIZE) + Long.SIZE & MASK;
            bits = occupied[slot / Long.SIZE];
        }
        slot = (slot & -Long.SIZE) + Long.numberOfTrailingZeros(bits);
        nextTick = tick + 1 + (slot - tick - 1 & MASK);
    }

    private void unlink(Timed entry) {
        Timed next = entry.wheelNext;
        Timed previous = entry.wheelPrevious;
        if (next != null) {
            next.wheelPrevious = previous;
        }
        if (previous != null) {
            previous.wheelNext = next;
        } else {
            int slot = (int) tickOf(entry.wheelDue) & MASK;
            slots[slot] = next;
            if (next == null) {
                occupied[slot / Long.SIZE] &= ~(1L << slot);
            }
        }
        entry.wheelNext = null;
        entry.wheelPrevious = null;
    }

    private void push(Timed entry) {
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, 2 * heapSize);
        }
        siftUp(heapSize++, entry);
    }

    private void removeFromHeap(int place) {
        Timed last = heap[--heapSize];
        if (place == heapSize) {
            return;
        }
        if (place > 0 && last.wheelDue < heap[(place - 1) / 2].wheelDue) {
            siftUp(place, last);
        } else {
            siftDown(place, last);
        }
    }

    private void siftUp(int from, Timed entry) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) / 2;
            if (heap[parent].wheelDue <= entry.wheelDue) {
                break;
            }
            set(place, heap[parent]);
            place = parent;
        }
        set(place, entry);
    }

    private void siftDown(int from, Timed entry) {
        int place = from;
        while (true) {
            int child = 2 * place + 1;
            if (child >= heapSize) {
                break;
            }
            if (child + 1 < heapSize && heap[child + 1].wheelDue < heap[child].wheelDue) {
                child++;
            }
            if (heap[child].wheelDue >= entry.wheelDue) {
                break;
            }
            set(place, heap[child]);
            place = child;
        }
        set(place, entry);
    }

    private void set(int place, Timed entry) {
        heap[place] = entry;
        entry.wheelPlace = place;
    }
}
