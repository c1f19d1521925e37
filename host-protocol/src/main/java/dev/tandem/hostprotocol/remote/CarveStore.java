package dev.tandem.hostprotocol.remote;

import dev.tandem.hostprotocol.enroll.NodeKey;
import dev.tandem.hostprotocol.server.PrivateFiles;
import dev.tandem.hostprotocol.server.Reply;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that hosts were asked to carve, under a folder: {@code HOST-SESSION.part} while blocks come, then {@code .tar} (osquery
 * {@code carver/carver.cpp}; with {@code carver_compression} it is a zstd archive in truth). A session that loses our restart is begun
 * again by the host, and one of which nothing more comes is given up.
 *
 * <p>Disks are slow and blocks large: all but {@link #later} is for the store's own thread.
 */
public final class CarveStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CarveStore.class);
    private static final int MOST_SESSIONS = 64;
    private static final int MOST_COMPLETE = 1024;
    private static final long STOP_SECONDS = 5;

    /** osquery sends block after block, and gives a carve up after a few tries. */
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(15);

    static final int LARGEST_BLOCK = 16 << 20;

    private final Path folder;
    private final long mostBytes;
    private final LongSupplier nanos;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("host-carves").daemon().factory());
    private final Map<String, Session> sessions = new HashMap<>();

    /** Sessions of late, whose hosts may not have had the last answer, the oldest first. */
    private final Set<String> complete = new LinkedHashSet<>();

    private boolean cleared;

    private static final class Session {
        final Path part;
        final Path whole;
        final int blocks;
        final int blockBytes;
        final BitSet taken = new BitSet();
        long used;

        Session(Path part, Path whole, int blocks, int blockBytes) {
            this.part = part;
            this.whole = whole;
            this.blocks = blocks;
            this.blockBytes = blockBytes;
        }
    }

    /** @param mostBytes of a carve; 0 takes none */
    public CarveStore(Path folder, long mostBytes) {
        this(folder, mostBytes, System::nanoTime);
    }

    CarveStore(Path folder, long mostBytes, LongSupplier nanos) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.nanos = nanos;
    }

    /** Does what a request wants on the store's thread. Any thread. */
    void later(Reply reply, Runnable work) {
        try {
            thread.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("a carve failed: please report it", e);
                    reply.refuse(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error");
                }
            });
        } catch (RejectedExecutionException e) {
            reply.refuse(HttpResponseStatus.SERVICE_UNAVAILABLE, "shutting down");
        }
    }

    /** Why a carve like this is not taken; null when it is. */
    @Nullable
    String objection(long blocks, long blockBytes, long bytes) {
        if (mostBytes == 0) {
            return "carves are not taken: Hosts::carve_limit is 0";
        }
        if (blocks <= 0 || blockBytes <= 0 || blockBytes > LARGEST_BLOCK || bytes < 0 || bytes > mostBytes) {
            return "a carve has blocks of at most " + LARGEST_BLOCK + " bytes and at most " + mostBytes + " in all";
        }
        if (blocks > bytes / blockBytes + 1) {
            return "block_count does not fit carve_size";
        }
        expire();
        return sessions.size() >= MOST_SESSIONS ? "busy" : null;
    }

    /** Begins a carve that nothing is said against, and returns its session. */
    String begin(String hostId, int blocks, int blockBytes) throws IOException {
        PrivateFiles.createFolder(folder);
        clear();
        String session = NodeKey.create();
        String name = hostId.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + session;
        Session begun = new Session(folder.resolve(name + ".part"), folder.resolve(name + ".tar"), blocks, blockBytes);
        begun.used = nanos.getAsLong();
        sessions.put(session, begun);
        return session;
    }

    /** Takes a block, again if need be. Returns why not; null when it is taken. */
    @Nullable
    String take(String id, long block, byte[] data) {
        Session session = sessions.get(id);
        if (session == null) {
            return complete.contains(id) ? null : "no such session";
        }
        if (block < 0 || block >= session.blocks || data.length > session.blockBytes) {
            return "no such block";
        }
        session.used = nanos.getAsLong();
        try (FileChannel file = FileChannel.open(session.part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(data);
            long at = block * session.blockBytes;
            while (bytes.hasRemaining()) {
                at += file.write(bytes, at);
            }
            session.taken.set((int) block);
            if (session.taken.cardinality() == session.blocks) {
                file.force(true);
                Files.move(session.part, session.whole, StandardCopyOption.ATOMIC_MOVE);
                finish(id);
                LOG.info("a carve is complete: {}", session.whole);
            }
        } catch (IOException e) {
            LOG.warn("a carve cannot be written: {}", e.toString());
            return "cannot store";
        }
        return null;
    }

    private void finish(String id) {
        sessions.remove(id);
        if (complete.size() >= MOST_COMPLETE) {
            complete.remove(complete.iterator().next());
        }
        complete.add(id);
    }

    /** Gives up sessions of which nothing has come for long. */
    private void expire() {
        long now = nanos.getAsLong();
        sessions.values().removeIf(session -> {
            if (now - session.used < IDLE_NANOS) {
                return false;
            }
            LOG.warn("a carve was not sent to its end: {}", session.part);
            delete(session.part);
            return true;
        });
    }

    /** Deletes what an earlier run left half done: its sessions are not known any more. */
    private void clear() throws IOException {
        if (cleared) {
            return;
        }
        cleared = true;
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*.part")) {
            parts.forEach(CarveStore::delete);
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            LOG.warn("a carve that is not whole stays: {}", e.toString());
        }
    }

    /** Stores what has come, then ends. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("carves are still being written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
