package dev.tandem.control.socket;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Questions of other threads that only the engine thread may answer. {@link #drain} belongs into every turn of the engine,
 * so an answer takes no longer than a turn: a batch of packets, or an idle rest.
 */
public final class EngineTasks {
    private final ConcurrentLinkedQueue<FutureTask<?>> waiting = new ConcurrentLinkedQueue<>();

    /** Engine thread: answers what has been asked. */
    public void drain() {
        for (FutureTask<?> task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }

    /**
     * Any other thread: has the engine thread do it and waits for the result.
     *
     * @throws ControlException when it fails, or the engine does not get to it in time; it is not done then any more unless
     *     it has begun
     */
    public <T> T ask(Duration timeout, Callable<T> question) throws ControlException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(question);
        waiting.add(task);
        try {
            return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(false);
            throw new ControlException("the engine is busy and did not answer within " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof ControlException c) {
                throw new ControlException(String.valueOf(c.getMessage()), c);
            }
            throw new ControlException(String.valueOf(cause.getMessage()), cause);
        }
    }
}
