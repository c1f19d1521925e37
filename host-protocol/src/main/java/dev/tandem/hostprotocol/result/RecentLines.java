package dev.tandem.hostprotocol.result;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Recognises lines that come again. An agent that has not had our answer sends its batch again, with more behind it perhaps;
 * until it has had one it sends no other. So the last batches of each host are enough to know, by a hash of each line: a line
 * holds name, epoch, counter, time and columns, and osquery stores it as it will send it.
 *
 * <p>Two equal lines in one batch are two rows: event tables give such when a query does not select their {@code eid}. One thread.
 */
final class RecentLines {
    /** Lines remembered of each host, and its last batch whole. */
    private static final int MOST_LINES = 1024;

    /** A host's results and its messages come in batches of their own. */
    record Source(long node, boolean status) {}

    private static final Deque<long[]> NONE = new ArrayDeque<>(0);

    private final Map<Source, Deque<long[]>> batches = new HashMap<>();
    private final MessageDigest digest;

    RecentLines() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    long[] hashes(List<byte[]> lines) {
        long[] hashes = new long[lines.size()];
        for (int i = 0; i < hashes.length; i++) {
            byte[] bytes = digest.digest(lines.get(i));
            long hash = 0;
            for (int b = 0; b < 8; b++) {
                hash = hash << 8 | bytes[b] & 0xff;
            }
            hashes[i] = hash;
        }
        return hashes;
    }

    /** Positions of the lines that have not been there before; all, when there is nothing to compare with. */
    List<Integer> fresh(Source source, long[] hashes) {
        Map<Long, Integer> before = before(source);
        List<Integer> fresh = new ArrayList<>(hashes.length);
        for (int i = 0; i < hashes.length; i++) {
            Integer left = before.get(hashes[i]);
            if (left == null || left == 0) {
                fresh.add(i);
            } else {
                before.put(hashes[i], left - 1);
            }
        }
        return fresh;
    }

    /** How often each line was there: a batch that came twice is one. */
    private Map<Long, Integer> before(Source source) {
        Map<Long, Integer> before = new HashMap<>();
        for (long[] batch : batches.getOrDefault(source, NONE)) {
            Map<Long, Integer> here = new HashMap<>();
            for (long hash : batch) {
                here.merge(hash, 1, Integer::sum);
            }
            here.forEach((hash, times) -> before.merge(hash, times, Math::max));
        }
        return before;
    }

    /** These lines, new and old, were in a batch that is accepted: they are old from now on. */
    void add(Source source, long[] hashes) {
        Deque<long[]> last = batches.computeIfAbsent(source, s -> new ArrayDeque<>());
        last.addLast(hashes);
        int lines = 0;
        for (long[] batch : last) {
            lines += batch.length;
        }
        while (last.size() > 1 && lines - last.getFirst().length >= MOST_LINES) {
            lines -= last.removeFirst().length;
        }
    }

    /** Takes back the last {@link #add}: its batch could not be stored. */
    void forget(Source source, long[] hashes) {
        Deque<long[]> last = batches.get(source);
        if (last != null) {
            last.removeLastOccurrence(hashes);
        }
    }

    /** All of it, for {@link #add} in the same order. */
    Map<Source, Deque<long[]>> all() {
        return batches;
    }
}
