package dev.tandem.daemon;

import dev.tandem.core.log.LogWriterFactory;
import dev.tandem.core.packet.PacketSource;
import dev.tandem.core.shard.PacketDealer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One run of the process: its engines ({@link Shard}), each on a thread of its own with a stack that deep scripts do not
 * exhaust, and what they share.
 *
 * <p>{@link #run} is called once; {@link #stop} by any thread.
 */
final class Daemon {
    /** Exit status of a run that did what it was asked. */
    static final int OK = 0;

    /** Exit status of a run that could not, or not all. */
    static final int FAILED = 1;

    private static final long STACK_BYTES = 64L << 20;
    private static final long ABANDON_SECONDS = 10;

    /**
     * What the engines share.
     *
     * @param dealer deals a trace out to them; null when they have their own packets
     * @param trace what it deals out; null with it
     * @param writers of the first engine's logs, through which the others' rows go
     * @param presence what others see of the run
     * @param lostRows how many rows of logs could not be written, once the logs are closed
     * @param closeables closed at the end, last first, after the logs
     */
    record Common(
            @Nullable PacketDealer dealer,
            @Nullable PacketSource trace,
            LogWriterFactory writers,
            Presence presence,
            LongSupplier lostRows,
            List<AutoCloseable> closeables) {}

    private final Terminal terminal;
    private final Common common;
    private final List<Shard> shards = new ArrayList<>();
    private final ShardTeam team;
    private final CountDownLatch engines;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int status = FAILED;
    private boolean abandoned;
    private boolean closed;

    /** @param parts of each engine, that which does what is done once in front */
    Daemon(RunOptions options, Terminal terminal, List<Parts> parts, Common common) {
        this.terminal = terminal;
        this.common = common;
        team = new ShardTeam(parts.size());
        engines = new CountDownLatch(parts.size());
        ScriptLoading loading = new ScriptLoading(options, terminal);
        for (Parts each : parts) {
            shards.add(new Shard(options, terminal, each, loading, team, this));
        }
    }

    /** Runs to the end and returns the exit status. */
    int run() {
        if (shards.size() > 1) {
            LoggerFactory.getILoggerFactory(); // once, not by several threads at a time
        }
        List<Thread> threads = new ArrayList<>();
        List<ShardRun> runs = new ArrayList<>();
        for (Shard shard : shards) {
            ShardRun run = new ShardRun(shard);
            runs.add(run);
            threads.add(new Thread(null, run, shard.threadName(), STACK_BYTES));
        }
        Thread dealing = common.dealer == null ? null : new Thread(common.dealer, "dealer");
        if (dealing != null) {
            dealing.start();
        }
        threads.forEach(Thread::start);
        threads.forEach(this::join);
        if (common.dealer != null && dealing != null) {
            common.dealer.stop();
            join(dealing);
        }
        synchronized (this) {
            if (abandoned) {
                return status;
            }
        }
        status = runs.stream().allMatch(run -> run.status == OK) ? OK : FAILED;
        tellOfTrace();
        closeCommon();
        if (status == OK && common.lostRows.getAsLong() > 0) {
            // The logs' own messages have said which.
            status = FAILED;
        }
        finished.countDown();
        return status;
    }

    private final class ShardRun implements Runnable {
        private final Shard shard;
        private volatile int status = FAILED;

        ShardRun(Shard shard) {
            this.shard = shard;
        }

        @Override
        @SuppressWarnings("CatchAndPrintStackTrace") // a bug of ours: the trace is what its report needs
        public void run() {
            try {
                status = shard.run();
            } catch (Exception | StackOverflowError e) {
                terminal.complain("internal error, please report it:");
                e.printStackTrace(terminal.err());
            } finally {
                if (status != OK) {
                    giveUp(); // without it the others would wait for it
                }
                end(shard);
            }
        }
    }

    private void end(Shard shard) {
        shard.close();
        engines.countDown();
    }

    private void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                stop();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the run after the packet at hand, in order: what is open is logged. Any thread; more than once does no more. */
    void stop() {
        shards.forEach(Shard::stop);
        if (common.dealer != null) {
            common.dealer.stop();
        }
    }

    /** Some packets cannot be read any more: what was read is finished as at the end of a trace. Any thread. */
    void endEarly() {
        shards.forEach(Shard::end);
        if (common.dealer != null) {
            common.dealer.stop();
        }
    }

    /** Some engine cannot go on: none does, and nothing more is analyzed. Any thread. */
    void giveUp() {
        team.breakUp();
        stop();
    }

    /** Has everything that scripts read from files read again. Any thread; the engines do it in their next turns. */
    void readAgain() {
        shards.forEach(Shard::readAgain);
    }

    /** Waits for the end of the run. Returns false when it did not come in that time. */
    boolean awaitEnd(long seconds) {
        return await(finished, seconds);
    }

    private static boolean await(CountDownLatch latch, long seconds) {
        try {
            return latch.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether {@link #status} is the last word. */
    boolean hasEnded() {
        return finished.getCount() == 0;
    }

    /** The exit status; that of a failure until the run has ended. */
    int status() {
        return status;
    }

    /**
     * Ends the run at once because a script says so: output so far is kept, connections are not finished. The engine thread
     * of that script; when several scripts say so, the first one's status counts.
     *
     * @param engine whose script it is, by its place among the parts
     */
    void abandon(int engine, int newStatus) {
        boolean isFirst;
        synchronized (this) {
            isFirst = !abandoned;
            if (isFirst) {
                abandoned = true;
                status = newStatus;
            }
        }
        giveUp();
        end(shards.get(engine));
        if (!isFirst) {
            await(finished, ABANDON_SECONDS);
            return;
        }
        await(engines, ABANDON_SECONDS);
        closeCommon();
        finished.countDown();
    }

    private void tellOfTrace() {
        if (common.dealer == null || common.trace == null) {
            return;
        }
        IOException failure = common.dealer.failure();
        if (failure != null) {
            terminal.complain(reason(failure));
            status = FAILED;
        }
        tellComplaint(common.trace, terminal);
    }

    static void tellComplaint(PacketSource source, Terminal terminal) {
        String complaint = source.complaint();
        if (complaint != null) {
            String name = source.name().equals("-") ? "standard input" : source.name();
            terminal.complain("warning: " + name + ": " + complaint + "; processed what is there");
        }
    }

    /** In reverse of the start, when the engines have closed what is theirs. */
    private synchronized void closeCommon() {
        if (closed) {
            return;
        }
        closed = true;
        quietly(common.writers);
        for (AutoCloseable closeable : common.closeables.reversed()) {
            quietly(closeable);
        }
        quietly(common.presence);
        terminal.out().flush();
    }

    /** One that cannot be closed does not keep the others open. */
    void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            terminal.complain(reason(e));
        }
    }

    static String reason(Exception e) {
        String message = e.getMessage();
        return message != null ? message : e.toString();
    }
}
