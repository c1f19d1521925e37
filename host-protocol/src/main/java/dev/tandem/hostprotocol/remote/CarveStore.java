package dev.tandem.hostprotocol.remote;

import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.enroll.NodeKey;
import dev.tandem.hostprotocol.server.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that hosts were asked to carve, under a folder: {@code HOST-SESSION.part} while blocks come, then {@code .tar} (osquery
 * {@code carver/carver.cpp}; with {@code carver_compression} it is a zstd archive in truth). A session that loses our restart is begun
 * again by the host. Any thread.
 */
public final class CarveStore {
    private static final Logger LOG = LoggerFactory.getLogger(CarveStore.class);
    private static final int MOST_SESSIONS = 64;
    static final int LARGEST_BLOCK = 16 << 20;

    private final Path folder;
    private final long mostBytes;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    private record Session(Path part, Path whole, int blocks, int blockBytes, long bytes, BitSet taken) {}

    /** @param mostBytes of a carve; 0 takes none */
    public CarveStore(Path folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
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
        if (blocks > bytes / blockBytes + 1 || sessions.size() >= MOST_SESSIONS) {
            return sessions.size() >= MOST_SESSIONS ? "busy" : "block_count does not fit carve_size";
        }
        return null;
    }

    /** Begins a carve that nothing is said against, and returns its session. */
    String begin(Node node, int blocks, int blockBytes, long bytes) throws IOException {
        PrivateFiles.createFolder(folder);
        String session = NodeKey.create();
        String name = node.hostId().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + session;
        Path part = folder.resolve(name + ".part");
        sessions.put(
                session,
                new Session(part, folder.resolve(name + ".tar"), blocks, blockBytes, bytes, new BitSet(blocks)));
        return session;
    }

    /** Takes a block, again if need be. Returns why not; null when it is taken. */
    @Nullable
    String take(String id, long block, byte[] data) {
        Session session = sessions.get(id);
        if (session == null) {
            return "no such session";
        }
        synchronized (session) {
            if (block < 0 || block >= session.blocks || data.length > session.blockBytes) {
                return "no such block";
            }
            try (FileChannel file =
                    FileChannel.open(session.part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(data);
                long at = block * session.blockBytes;
                while (bytes.hasRemaining()) {
                    at += file.write(bytes, at);
                }
                session.taken.set((int) block);
                if (session.taken.cardinality() == session.blocks) {
                    file.force(true);
                    Files.move(session.part, session.whole, StandardCopyOption.ATOMIC_MOVE);
                    sessions.remove(id);
                    LOG.info("a carve is complete: {}", session.whole);
                }
            } catch (IOException e) {
                LOG.warn("a carve cannot be written: {}", e.toString());
                return "cannot store";
            }
        }
        return null;
    }
}
