package dev.tandem.logwriters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WriterQueueTest {
    private final WriterQueue queue = new WriterQueue(100);

    private WriterQueue.Work take() throws InterruptedException {
        WriterQueue.Work work = queue.take(1_000_000_000);
        assertNotNull(work);
        return work;
    }

    @Test
    void workComesOutInOrder() throws InterruptedException {
        List<Integer> done = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            queue.put(() -> done.add(number), i % 2);
        }
        for (int i = 0; i < 5; i++) {
            take().action().run();
        }
        assertEquals(List.of(0, 1, 2, 3, 4), done);
        assertNull(queue.take(0));
    }

    @Test
    void aFullQueueHoldsTheEngineUntilMemoryIsGivenUp() throws InterruptedException {
        queue.put(() -> {}, 60);
        queue.put(() -> {}, 40);
        Thread engine = new Thread(() -> queue.put(() -> {}, 1));
        engine.start();
        assertTrue(Logs.within(5000, () -> engine.getState() == Thread.State.WAITING));
        WriterQueue.Work work = take(); // taken, but its memory is still in use
        assertEquals(Thread.State.WAITING, engine.getState());
        queue.done(work);
        engine.join();
        assertTrue(queue.fullNanos() > 0);
    }

    @Test
    void ordersNeverWait() throws InterruptedException {
        queue.put(() -> {}, 100);
        queue.put(() -> {}, 0);
        assertEquals(100, take().bytes());
        assertEquals(0, take().bytes());
    }

    @Test
    void oneChunkLargerThanTheLimitPassesAlone() throws InterruptedException {
        queue.put(() -> {}, 500);
        assertEquals(500, take().bytes());
    }

    @Test
    void chunksComeBackEmptyUnlessTheyHaveGrown() {
        LogChunk chunk = queue.obtain();
        chunk.length = 7;
        chunk.rows = 1;
        queue.recycle(chunk);
        assertSame(chunk, queue.obtain());
        assertEquals(0, chunk.length + chunk.rows);
        chunk.bytes = new byte[2 * LogChunk.SIZE];
        queue.recycle(chunk);
        assertEquals(LogChunk.SIZE, queue.obtain().bytes.length);
    }
}
