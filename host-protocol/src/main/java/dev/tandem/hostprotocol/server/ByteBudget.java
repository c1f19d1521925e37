package dev.tandem.hostprotocol.server;

import java.util.concurrent.atomic.AtomicLong;

/** A bound on memory that many share. Any thread. */
public final class ByteBudget {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    public ByteBudget(long most) {
        this.most = most;
    }

    /** Takes bytes, or nothing when they are not left. */
    public boolean take(long bytes) {
        while (true) {
            long now = taken.get();
            if (now + bytes > most) {
                return false;
            }
            if (taken.compareAndSet(now, now + bytes)) {
                return true;
            }
        }
    }

    /** Gives back what was {@linkplain #take taken}. */
    public void give(long bytes) {
        taken.addAndGet(-bytes);
    }
}
