package dev.tandem.hostprotocol.result;

import dev.tandem.core.storage.WholeFile;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import dev.tandem.hostprotocol.server.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what hosts log until the logs made of it are safe.
 *
 * <p>A batch is written and synced before it is acknowledged. One thread writes; batches that come meanwhile share the next
 * sync (group commit), so that thousands of hosts cost no more syncs than the disk can do. That thread also drops lines that
 * were there before ({@link RecentLines}) and hands what is left to the engine, in the order of the journal. The engine says
 * how far its logs are safe ({@link #committed}); files before that go.
 */
public final class ResultJournal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultJournal.class);
    private static final long SEGMENT_BYTES = 64L << 20;
    private static final int GROUP_BATCHES = 512;
    private static final int GROUP_BYTES = 16 << 20;
    private static final long IDLE_MILLIS = 200;
    private static final long STOP_MILLIS = 10_000;
    private static final long RETIRE_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Takes what is new of a batch, on the journal's thread, in order. */
    public interface Taker {
        /**
         * @param fresh has at least one line
         * @param bytes of the batch as it came
         * @param position of the journal after it
         */
        void take(LogBatch fresh, long bytes, long position);
    }

    /** What has become of a batch. Told on the journal's thread. */
    public interface Outcome {
        /** It is on disk. @param duplicates lines that were there before */
        void stored(int duplicates);

        void failed(String reason);
    }

    private record Entry(LogBatch batch, long bytes, Outcome outcome) {}

    private final Segments segments;
    private final RecentFile recentFile;
    private final RecentLines recent;
    private final Taker taker;
    private final Runnable now;
    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong committed;
    private final LongAdder syncs = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean ended;

    // Of the journal's thread alone.
    private @Nullable FileChannel file;
    private long segment;
    private long length;
    private long retiredTo;
    private long retireFailed = System.nanoTime() - RETIRE_AGAIN_NANOS;
    private boolean failing;

    private ResultJournal(
            Path folder, long committed, List<Long> found, RecentLines recent, Taker taker, Runnable now) {
        segments = new Segments(folder);
        recentFile = new RecentFile(folder.resolve("recent"));
        this.recent = recent;
        this.taker = taker;
        this.now = now;
        this.committed = new AtomicLong(committed);
        segment = Math.max(found.isEmpty() ? 0 : found.getLast(), Segments.segment(committed)) + 1;
        thread = Thread.ofPlatform().name("host-journal").daemon().unstarted(this::run);
    }

    /**
     * Opens a journal, and starts a new file in it.
     *
     * @param committed how far the logs are safe
     * @param now called on the journal's thread several times a second
     * @throws IOException when the folder cannot be used; the message names it
     */
    public static ResultJournal open(Path folder, long committed, Taker taker, Runnable now) throws IOException {
        PrivateFiles.createFolder(folder);
        Segments segments = new Segments(folder);
        List<Long> found = segments.all();
        RecentLines recent = new RecentLines();
        new RecentFile(folder.resolve("recent")).loadInto(recent);
        try {
            for (Iterator<Segments.Placed> all = segments.from(0, found); all.hasNext(); ) {
                JournalRecord record = all.next().record();
                recent.add(new RecentLines.Source(record.node(), record.status()), recent.hashes(record.lines()));
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        return new ResultJournal(folder, committed, found, recent, taker, now);
    }

    /**
     * Batches that are not in safe logs yet. Before {@link #start}.
     *
     * @param nodes knows their hosts
     */
    public ReplayedBatches replay(NodeRegistry nodes) throws IOException {
        return new ReplayedBatches(segments.from(committed.get(), segments.all()), nodes);
    }

    public void start() {
        thread.start();
    }

    /** Has a batch stored. Any thread; the outcome is told in any case. */
    public void store(LogBatch batch, Outcome outcome) {
        if (stopping) {
            outcome.failed("shutting down");
        } else {
            Entry entry = new Entry(batch, batch.bytes(), outcome);
            waiting.add(entry);
            if (ended && waiting.remove(entry)) {
                outcome.failed("shutting down");
            }
        }
    }

    /** All that came before this place is in logs that a crash does not take. Any thread. */
    public void committed(long position) {
        committed.accumulateAndGet(position, Math::max);
    }

    /** How many times the disk was asked to sync, for the figures. */
    public long syncs() {
        return syncs.sum();
    }

    /** Lines that came again. */
    public long duplicates() {
        return duplicates.sum();
    }

    private void run() {
        List<Entry> group = new ArrayList<>();
        while (true) {
            try {
                Entry first = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null && stopping) {
                    break;
                }
                boolean stored = first == null || store(gather(first, group));
                now.run();
                if (stored) {
                    retire();
                }
            } catch (InterruptedException e) {
                LOG.debug("the journal was interrupted and goes on", e);
            } catch (RuntimeException | Error e) {
                LOG.error("the journal goes on after a failure", e);
            }
            group.clear();
        }
        closeFile();
        ended = true;
        for (Entry late = waiting.poll(); late != null; late = waiting.poll()) {
            Outcome outcome = late.outcome;
            tell(() -> outcome.failed("shutting down"));
        }
    }

    /** What has come with the first, up to what one write is to be. */
    private List<Entry> gather(Entry first, List<Entry> group) {
        group.add(first);
        long bytes = first.bytes;
        while (group.size() < GROUP_BATCHES && bytes < GROUP_BYTES) {
            Entry next = waiting.poll();
            if (next == null) {
                break;
            }
            bytes += next.bytes;
            group.add(next);
        }
        return group;
    }

    private record Fresh(Entry entry, RecentLines.Source source, long[] hashes, LogBatch batch, JournalRecord record) {}

    /** Stores a group and tells each entry what has become of it, once. Returns false when it could not be stored. */
    private boolean store(List<Entry> group) {
        List<Fresh> all = new ArrayList<>(group.size());
        int size = 0;
        try {
            for (Entry entry : group) {
                Fresh fresh = fresh(entry);
                all.add(fresh);
                // Known to later ones of this group, which cannot be its repetitions unless the agent has given up
                // waiting.
                recent.add(fresh.source, fresh.hashes);
                size += fresh.batch.lines() == 0 ? 0 : fresh.record.size();
            }
            if (size > 0) {
                write(all, size);
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e, all, group);
            return false;
        }
        failing = false;
        long position = length - size;
        for (Fresh fresh : all) {
            position += fresh.batch.lines() == 0 ? 0 : fresh.record.size();
            deliver(fresh, Segments.place(segment, position));
        }
        return true;
    }

    /** Hands over what is stored. What goes wrong with one batch is no other's trouble. */
    private void deliver(Fresh fresh, long position) {
        int again = fresh.entry.batch.lines() - fresh.batch.lines();
        try {
            if (fresh.batch.lines() > 0) {
                taker.take(fresh.batch, fresh.entry.bytes, position);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("a batch of host results is stored and cannot be handed over, its host keeps it", e);
            recent.forget(fresh.source, fresh.hashes);
            tell(() -> fresh.entry.outcome.failed("internal error"));
            return;
        }
        duplicates.add(again);
        tell(() -> fresh.entry.outcome.stored(again));
    }

    private static void tell(Runnable outcome) {
        try {
            outcome.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a host cannot be told what has become of its batch", e);
        }
    }

    private Fresh fresh(Entry entry) {
        LogBatch batch = entry.batch;
        RecentLines.Source source = new RecentLines.Source(batch.node().id(), batch.status());
        long[] hashes = recent.hashes(batch.raw());
        List<Integer> positions = recent.fresh(source, hashes);
        LogBatch fresh = positions.size() == hashes.length ? batch : batch.only(positions);
        JournalRecord record = new JournalRecord(batch.node().id(), batch.arrival(), batch.status(), fresh.raw());
        return new Fresh(entry, source, hashes, fresh, record);
    }

    private void write(List<Fresh> all, int size) throws IOException {
        FileChannel out = file;
        if (out == null || !out.isOpen() || length >= SEGMENT_BYTES) {
            out = nextFile();
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        for (Fresh fresh : all) {
            if (fresh.batch.lines() > 0) {
                fresh.record.write(bytes);
            }
        }
        bytes.flip();
        long before = length;
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes, before + bytes.position());
            }
            out.force(false);
        } catch (IOException | RuntimeException | Error e) {
            undo(before, e);
            throw e;
        }
        syncs.increment();
        length = before + size;
    }

    /** Neither half a group nor one that was refused may be read at the next start. An interrupt has closed the channel. */
    private void undo(long before, Throwable cause) {
        boolean interrupted = Thread.interrupted();
        try (FileChannel again = FileChannel.open(segments.file(segment), StandardOpenOption.WRITE)) {
            again.truncate(before);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        if (interrupted) {
            LOG.debug("the journal was interrupted in a write", cause);
        }
    }

    private FileChannel nextFile() throws IOException {
        if (file != null) {
            closeFile();
            segment++;
        }
        FileChannel opened = FileChannel.open(
                segments.file(segment),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        try {
            WholeFile.syncFolder(segments.file(segment).toAbsolutePath().getParent());
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        file = opened;
        length = 0;
        return opened;
    }

    private void fail(Throwable e, List<Fresh> known, List<Entry> group) {
        known.forEach(fresh -> recent.forget(fresh.source, fresh.hashes));
        if (!failing) {
            failing = true;
            LOG.error(
                    "the journal of host results cannot be written, hosts keep theirs until it can: {}",
                    e.toString(),
                    e instanceof IOException ? null : e);
        }
        group.forEach(entry -> tell(() -> entry.outcome.failed("cannot store")));
    }

    /** Deletes files that are no longer needed, once what they tell of recent lines is kept elsewhere. */
    private void retire() {
        long needed = Segments.segment(committed.get());
        long nanos = System.nanoTime();
        if (needed <= retiredTo || nanos - retireFailed < RETIRE_AGAIN_NANOS) {
            return;
        }
        try {
            List<Long> old = segments.all().stream()
                    .filter(s -> s < needed && s < segment)
                    .toList();
            if (!old.isEmpty()) {
                recentFile.save(recent);
                for (long number : old) {
                    segments.retire(number);
                }
            }
            retiredTo = needed;
        } catch (IOException e) {
            LOG.warn("old files of the journal stay: {}", e.toString());
            retireFailed = nanos;
        }
    }

    private void closeFile() {
        FileChannel open = file;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.warn("the journal is not closed: {}", e.toString());
            }
        }
    }

    /** Stores what has come, then ends. */
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
