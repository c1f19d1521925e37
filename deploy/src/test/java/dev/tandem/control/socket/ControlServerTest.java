package dev.tandem.control.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // a server is there until the block ends
class ControlServerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path state;

    /** Repeats its arguments, a row each. */
    private static final ControlHandler ECHO = handler("echo", call -> {
        for (String argument : call.arguments()) {
            call.row(ControlCall.newRow().put("said", argument));
        }
    });

    private interface Handling {
        void handle(ControlCall call) throws ControlException, InterruptedException;
    }

    private static ControlHandler handler(String name, Handling handling) {
        return new ControlHandler() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void handle(ControlCall call) throws ControlException, InterruptedException {
                handling.handle(call);
            }
        };
    }

    private List<String> ask(String command, String... arguments) throws ControlException {
        List<String> said = new ArrayList<>();
        new ControlClient(state)
                .ask(
                        SECOND,
                        command,
                        List.of(arguments),
                        row -> said.add(row.path("said").asText()));
        return said;
    }

    private String complaint(String command) {
        return String.valueOf(
                assertThrows(ControlException.class, () -> ask(command)).getMessage());
    }

    @Test
    void rowsComeBackInOrder() throws Exception {
        try (ControlServer server = ControlServer.open(state, List.of(ECHO))) {
            assertEquals(List.of("a b", "ä\n\"", ""), ask("echo", "a b", "ä\n\"", ""));
            assertEquals(List.of(), ask("echo"));
        }
    }

    @Test
    void whatFailsIsSaidInWords() throws Exception {
        ControlHandler refuses = handler("no", call -> call.argument(0, "a name"));
        ControlHandler breaks = handler("bug", call -> {
            throw new IllegalStateException("x");
        });
        try (ControlServer server = ControlServer.open(state, List.of(refuses, breaks))) {
            assertEquals("needs a name", complaint("no"));
            assertTrue(complaint("bug").startsWith("internal error"));
            assertEquals("this daemon knows no command 'nothing'", complaint("nothing"));
        }
        assertTrue(complaint("no").startsWith("does not answer"));
    }

    @Test
    void aCommandThatHangsHoldsUpNoOther() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ControlHandler hangs = handler("hang", call -> {
            hanging.countDown();
            release.await();
        });
        try (ControlServer server = ControlServer.open(state, List.of(ECHO, hangs))) {
            FutureTask<List<String>> other = new FutureTask<>(() -> ask("hang"));
            Thread.ofVirtual().start(other);
            hanging.await();
            assertEquals(List.of("x"), ask("echo", "x"));
            release.countDown();
            assertEquals(List.of(), other.get());
        }
    }

    @Test
    void whatIsNoRequestIsRefusedAndTheConnectionGoesOn() throws Exception {
        try (ControlServer server = ControlServer.open(state, List.of(ECHO));
                SocketChannel raw = SocketChannel.open(SocketPath.of(state))) {
            raw.write(ByteBuffer.wrap(
                    "{nonsense\n[]\n{\"command\":\"echo\",\"arguments\":[\"1\"]}\n".getBytes(StandardCharsets.UTF_8)));
            StringBuilder answers = new StringBuilder();
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            while (answers.toString().lines().count() < 4 && raw.read(buffer.clear()) >= 0) {
                answers.append(StandardCharsets.UTF_8.decode(buffer.flip()));
            }
            List<String> lines = answers.toString().lines().toList();
            assertTrue(lines.get(0).contains("a request is a line of JSON"), lines.get(0));
            assertTrue(lines.get(1).contains("knows no command ''"), lines.get(1));
            assertEquals("{\"row\":{\"said\":\"1\"}}", lines.get(2));
            assertEquals("{\"end\":\"ok\"}", lines.get(3));
        }
    }

    @Test
    void aSocketLeftBehindIsReplacedAndOneInUseIsNot() throws Exception {
        UnixDomainSocketAddress address = SocketPath.of(state);
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(address);
        }
        assertTrue(Files.exists(address.getPath()));
        try (ControlServer server = ControlServer.open(state, List.of(ECHO))) {
            IOException e = assertThrows(IOException.class, () -> ControlServer.open(state, List.of()));
            assertTrue(String.valueOf(e.getMessage()).contains("another tandem runs"), e.getMessage());
        }
        assertTrue(Files.notExists(address.getPath()));
    }

    @Test
    void directoriesWithLongNamesHaveASocketElsewhere() throws Exception {
        Path deep = state.resolve("d".repeat(120));
        Files.createDirectory(deep);
        try (ControlServer server = ControlServer.open(deep, List.of(ECHO))) {
            assertEquals(
                    1, new ControlClient(deep).ask(SECOND, "echo", List.of("x")).size());
        }
    }

    @Test
    void onlyTheOwnerMayAsk() throws Exception {
        try (ControlServer server = ControlServer.open(state, List.of())) {
            assertEquals(
                    "rw-------",
                    java.nio.file.attribute.PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(SocketPath.of(state).getPath())));
        }
    }

    @Test
    void theEngineAnswersInItsTurnOrNotAtAll() throws Exception {
        EngineTasks tasks = new EngineTasks();
        ControlException e = assertThrows(ControlException.class, () -> tasks.ask(Duration.ofMillis(1), () -> "late"));
        assertTrue(String.valueOf(e.getMessage()).contains("the engine is busy"), e.getMessage());
        Thread engine = Thread.ofPlatform().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                tasks.drain();
                Thread.onSpinWait();
            }
        });
        try {
            assertEquals("engine", tasks.ask(SECOND, () -> "engine"));
            assertThrows(
                    ControlException.class,
                    () -> tasks.ask(SECOND, () -> {
                        throw new IllegalStateException("inside");
                    }));
        } finally {
            engine.interrupt();
            engine.join();
        }
    }
}
