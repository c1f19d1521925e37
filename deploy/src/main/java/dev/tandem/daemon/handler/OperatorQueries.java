package dev.tandem.daemon.handler;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQueries;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between hosts and scripts: answers to queries that operators asked go to whoever waits for them, all else goes on.
 * What operators asked is told by its cookie.
 */
public final class OperatorQueries implements HostQueries.Sink {
    private static final String COOKIE = "tandemctl-";
    private static final int MOST_WAITING = 100_000;

    private final HostQueries.Sink scripts;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, BlockingQueue<HostEvent>> waiting = new ConcurrentHashMap<>();

    public OperatorQueries(HostQueries.Sink scripts) {
        this.scripts = scripts;
    }

    /** A cookie for a question; its answers wait from now on. Any thread. */
    String begin() {
        String cookie = COOKIE + numbers.incrementAndGet();
        waiting.put(cookie, new LinkedBlockingQueue<>(MOST_WAITING));
        return cookie;
    }

    /** The answers to a question that was begun and not ended. Any thread. */
    BlockingQueue<HostEvent> answers(String cookie) {
        return waiting.getOrDefault(cookie, new LinkedBlockingQueue<>(1));
    }

    /** Nobody waits any more. Any thread. */
    void end(String cookie) {
        waiting.remove(cookie);
    }

    @Override
    public void accept(HostEvent event) {
        String cookie = switch (event) {
            case HostEvent.Row row -> row.query().cookie();
            case HostEvent.Finished end -> end.query().cookie();
            default -> "";
        };
        if (!cookie.startsWith(COOKIE)) {
            scripts.accept(event);
            return;
        }
        BlockingQueue<HostEvent> queue = waiting.get(cookie);
        if (queue != null && !queue.offer(event)) {
            waiting.remove(cookie); // whoever asked does not read
        }
        if (event instanceof HostEvent.Finished) {
            scripts.accept(event); // for the log of queries
        }
    }
}
