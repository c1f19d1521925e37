package dev.tandem.hostprotocol.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarveStoreTest {
    @TempDir
    Path folder;

    private long nanos;
    private CarveStore carves;

    @BeforeEach
    void open() {
        carves = new CarveStore(folder.resolve("carves"), 1 << 20, () -> nanos);
    }

    @AfterEach
    void close() {
        carves.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("carves"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void blocksInAnyOrderMakeAFile() throws IOException {
        assertNull(carves.objection(3, 4, 10));
        String session = carves.begin("a/host", 3, 4);
        assertNull(carves.take(session, 2, bytes("yz")));
        assertNull(carves.take(session, 0, bytes("0123")));
        assertNull(carves.take(session, 0, bytes("0123")));
        assertNotNull(carves.take(session, 3, bytes("?")));
        assertNull(carves.take(session, 1, bytes("4567")));
        assertEquals(List.of("a_host-" + session + ".tar"), files());
        assertEquals("01234567yz", Files.readString(folder.resolve("carves").resolve(files().getFirst())));
    }

    @Test
    void theLastBlockAgainIsTakenLikeAnyOther() throws IOException {
        String session = carves.begin("h", 1, 4);
        assertNull(carves.take(session, 0, bytes("0123")));
        assertNull(carves.take(session, 0, bytes("0123")));
        assertEquals(List.of("h-" + session + ".tar"), files());
        assertEquals("no such session", carves.take("another", 0, bytes("0123")));
    }

    @Test
    void sessionsThatAreNotSentToTheirEndMakeRoom() throws IOException {
        String slow = "";
        for (int i = 0; carves.objection(2, 4, 8) == null; i++) {
            slow = carves.begin("h" + i, 2, 4);
            assertNull(carves.take(slow, 0, bytes("0123")));
        }
        assertEquals("busy", carves.objection(2, 4, 8));
        nanos += TimeUnit.MINUTES.toNanos(10);
        assertNull(carves.take(slow, 0, bytes("0123")));
        nanos += TimeUnit.MINUTES.toNanos(10);
        assertNull(carves.objection(2, 4, 8));
        assertEquals(1, files().size());
        assertNull(carves.take(slow, 1, bytes("4567")));
    }

    @Test
    void whatAnEarlierRunLeftHalfDoneIsDeleted() throws IOException {
        String whole = carves.begin("h", 1, 4);
        carves.take(whole, 0, bytes("0123"));
        carves.take(carves.begin("h", 2, 4), 0, bytes("0123"));
        carves.close();
        open();
        carves.begin("h", 2, 4);
        assertEquals(List.of("h-" + whole + ".tar"), files());
    }
}
