package dev.tandem.hostprotocol.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hostprotocol.enroll.Enrolled;
import dev.tandem.hostprotocol.enroll.Node;
import dev.tandem.hostprotocol.enroll.NodeRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultJournalTest {
    @TempDir
    Path folder;

    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> positions = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean refusing;
    private NodeRegistry nodes;
    private Node node;
    private ResultJournal journal;

    @BeforeEach
    void start() throws Exception {
        nodes = NodeRegistry.open(folder.resolve("hosts.db"));
        node = Enrolled.host(nodes, "h");
        journal = open(0);
        journal.start();
    }

    @AfterEach
    void stop() {
        journal.close();
        nodes.close();
    }

    private ResultJournal open(long committed) throws IOException {
        return ResultJournal.open(
                folder.resolve("journal"),
                committed,
                (fresh, bytes, position) -> {
                    if (refusing) {
                        throw new IllegalStateException("no room, says the test");
                    }
                    taken.add(names(fresh));
                    positions.add(position);
                },
                () -> {});
    }

    private static String names(LogBatch batch) {
        return String.join(",", batch.results().stream().map(ResultLine::name).toList());
    }

    private static byte[] line(String name) {
        return ("{\"name\":\"" + name
                        + "\",\"hostIdentifier\":\"h\",\"unixTime\":1,\"columns\":{},\"action\":\"added\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Lines that came again; negative when they were not stored. */
    private int store(String... names) throws Exception {
        List<byte[]> lines = new ArrayList<>();
        for (String name : names) {
            lines.add(line(name));
        }
        return store(new LineDecoder().decode(node, 2, false, lines));
    }

    private int store(LogBatch batch) throws Exception {
        CompletableFuture<Integer> stored = new CompletableFuture<>();
        journal.store(batch, new ResultJournal.Outcome() {
            @Override
            public void stored(int duplicates) {
                stored.complete(duplicates);
            }

            @Override
            public void failed(String reason) {
                stored.complete(-1);
            }
        });
        return stored.get(30, TimeUnit.SECONDS);
    }

    private List<String> replayed(ReplayedBatches all) {
        List<String> replayed = new ArrayList<>();
        for (ReplayedBatches.Replayed next = all.next(); next != null; next = all.next()) {
            replayed.add(names(next.batch()));
        }
        return replayed;
    }

    @Test
    void whatIsNotCommittedIsReplayedAndLinesAreStillKnown() throws Exception {
        assertEquals(0, store("a", "b"));
        assertEquals(0, store("c"));
        journal.close();
        journal = open(positions.getFirst());
        assertEquals(List.of("c"), replayed(journal.replay(nodes)));
        journal.start();
        assertEquals(2, store("a", "b", "d"));
        assertEquals(List.of("a,b", "c", "d"), taken);
    }

    @Test
    void aTornEndEndsTheFileAndNoMore() throws Exception {
        store("a");
        store("b");
        journal.close();
        Path file = folder.resolve("journal/000000000001.journal");
        long whole = Files.size(file);
        Files.write(file, new byte[] {0, 0, 0, 50, 1, 2, 3, 4, 5}, StandardOpenOption.APPEND);
        journal = open(0);
        assertEquals(List.of("a", "b"), replayed(journal.replay(nodes)));
        journal.close();
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.truncate(whole - 3);
        }
        journal = open(0);
        assertEquals(List.of("a"), replayed(journal.replay(nodes)));
        journal.start();
        assertEquals(0, store("b"));
    }

    @Test
    void aDamagedFileIsReadAroundAndKeptAside() throws Exception {
        store("a");
        store("b");
        store("c");
        journal.close();
        Path file = folder.resolve("journal/000000000001.journal");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        journal = open(0);
        assertEquals(List.of("a", "c"), replayed(journal.replay(nodes)));
        journal.start();
        store("d");
        journal.committed(positions.getLast());
        store("e");
        Path aside = folder.resolve("journal/000000000001.journal.damaged");
        for (int i = 0; i < 500 && !Files.exists(aside); i++) {
            Thread.sleep(10);
        }
        assertArrayEquals(bytes, Files.readAllBytes(aside));
        journal.close();
        journal = open(positions.getLast());
        assertEquals(List.of(), replayed(journal.replay(nodes)));
    }

    @Test
    void aFileThatCannotBeReadIsKeptAside() throws Exception {
        store("a");
        journal.close();
        journal = open(0);
        ReplayedBatches replay = journal.replay(nodes);
        Path file = folder.resolve("journal/000000000001.journal");
        Path hidden = Files.move(file, folder.resolve("hidden"));
        Files.createDirectory(file);
        assertEquals(List.of(), replayed(replay));
        Files.delete(file);
        Files.move(hidden, file);
        journal.start();
        store("b");
        journal.committed(positions.getLast());
        store("c");
        Path aside = folder.resolve("journal/000000000001.journal.damaged");
        for (int i = 0; i < 500 && !Files.exists(aside); i++) {
            Thread.sleep(10);
        }
        assertTrue(Files.isRegularFile(aside));
    }

    @Test
    void committedFilesGoAndTheirLinesAreStillKnown() throws Exception {
        store("a", "b");
        journal.close();
        journal = open(0);
        journal.start();
        store("c");
        journal.committed(positions.getLast());
        Path first = folder.resolve("journal/000000000001.journal");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Files.exists(first) && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertEquals(false, Files.exists(first));
        journal.close();
        journal = open(positions.getLast());
        assertNull(journal.replay(nodes).next());
        journal.start();
        assertEquals(2, store("a", "b"));
        assertNotNull(node);
    }

    /** Lines that can be told by their hashes, and not be written. */
    private static final class Unwritable extends AbstractList<byte[]> {
        private int walks;

        @Override
        public byte[] get(int index) {
            return line("a");
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Iterator<byte[]> iterator() {
            if (++walks > 1) {
                throw new OutOfMemoryError("none left, says the test");
            }
            return List.of(line("a")).iterator();
        }
    }

    @Test
    void whatCouldNotBeWrittenIsNoDuplicateWhenItComesAgain() throws Exception {
        Path next = folder.resolve("journal/000000000001.journal");
        Files.createDirectory(next);
        assertEquals(-1, store("a"));
        assertEquals(-1, store("a"));
        Files.delete(next);
        assertEquals(0, store("a"));
        assertEquals(1, store("a"));
        assertEquals(List.of("a"), taken);
    }

    @Test
    void anErrorWhileWritingCountsAsNotWritten() throws Exception {
        LogBatch good = new LineDecoder().decode(node, 2, false, List.of(line("a")));
        assertEquals(-1, store(new LogBatch(node, 2, false, new Unwritable(), good.results(), List.of())));
        assertEquals(0, store("a"));
        assertEquals(List.of("a"), taken);
        journal.close();
        journal = open(0);
        assertEquals(List.of("a"), replayed(journal.replay(nodes)));
    }

    @Test
    void whatCannotBeHandedOverIsRefusedAndTakenWhenItComesAgain() throws Exception {
        refusing = true;
        assertEquals(-1, store("a"));
        refusing = false;
        assertEquals(0, store("a"));
        assertEquals(List.of("a"), taken);
    }

    @Test
    void eachOutcomeIsToldOnceThoughOneOfThemFails() throws Exception {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        journal.store(new LineDecoder().decode(node, 2, false, List.of(line("a"))), new ResultJournal.Outcome() {
            @Override
            public void stored(int duplicates) {
                told.add("stored");
                throw new IllegalStateException("closed, says the test");
            }

            @Override
            public void failed(String reason) {
                told.add("failed");
            }
        });
        assertEquals(0, store("b"));
        assertEquals(List.of("stored"), told);
        assertEquals(1, store("a"));
    }

    @Test
    void aJournalThatCannotBeReadIsAnIoException() throws Exception {
        journal.close();
        Files.createDirectory(folder.resolve("journal/000000000007.journal"));
        assertThrows(IOException.class, () -> open(0));
    }

    @Test
    void afterTheEndEveryBatchIsRefused() throws Exception {
        journal.close();
        assertEquals(-1, store("a"));
        assertEquals(List.of(), taken);
    }
}
