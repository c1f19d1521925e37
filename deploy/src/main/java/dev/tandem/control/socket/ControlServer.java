package dev.tandem.control.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes commands at a Unix socket that only its owner can open. A request is a line of JSON:
 *
 * <pre>{"command": "print", "arguments": ["Log::default_rotation_interval"], "timeout": 10}</pre>
 *
 * <p>The answer is any number of lines {@code {"row": ...}} and one that ends it, {@code {"end": "ok"}} or {@code {"end":
 * "error", "message": "..."}}. A connection may ask again after that. Each connection has a thread of its own, so that no
 * command waits for another.
 */
public final class ControlServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_REQUEST = 1 << 20;
    private static final long DEFAULT_SECONDS = 10;
    private static final long MOST_SECONDS = 24 * 3600;

    private final Map<String, ControlHandler> handlers;
    private final UnixDomainSocketAddress address;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;
    private volatile boolean closed;

    private ControlServer(UnixDomainSocketAddress address, ServerSocketChannel server, List<ControlHandler> handlers) {
        this.address = address;
        this.server = server;
        this.handlers = handlers.stream().collect(Collectors.toMap(ControlHandler::name, Function.identity()));
        acceptor = Thread.ofPlatform().daemon().name("control").start(this::accept);
    }

    /**
     * Begins to take commands.
     *
     * @param stateDirectory where the socket is made; one left behind by a process that died is replaced
     * @throws IOException when there is another process that answers there, or the socket cannot be made
     */
    public static ControlServer open(Path stateDirectory, List<ControlHandler> handlers) throws IOException {
        UnixDomainSocketAddress address = SocketPath.of(stateDirectory);
        if (isAnswered(address)) {
            throw new IOException(address + ": another tandem runs with this state directory");
        }
        Files.deleteIfExists(address.getPath());
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(address);
            Files.setPosixFilePermissions(address.getPath(), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            server.close();
            throw new IOException(address + ": " + e.getMessage(), e);
        }
        return new ControlServer(address, server, handlers);
    }

    private static boolean isAnswered(UnixDomainSocketAddress address) {
        try (SocketChannel probe = SocketChannel.open(address)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void accept() {
        while (!closed) {
            try {
                SocketChannel connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().name("control-call").start(() -> serve(connection));
            } catch (IOException e) {
                // Closed, or a connection that went before it was taken.
                if (!server.isOpen()) {
                    return;
                }
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (connection;
                BufferedReader lines = new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8))) {
            for (String line = nextLine(lines); line != null; line = nextLine(lines)) {
                answer(line, connection);
            }
        } catch (IOException | ControlException e) {
            // Whoever asked has gone.
        } finally {
            connections.remove(connection);
        }
    }

    private static @org.jspecify.annotations.Nullable String nextLine(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (line.length() == LONGEST_REQUEST) {
                throw new IOException("request too long");
            }
            line.append((char) c);
        }
        return null;
    }

    private void answer(String line, SocketChannel connection) throws ControlException {
        ObjectNode end = ControlCall.newRow();
        try {
            JsonNode request = JSON.readTree(line);
            String command = request.path("command").asText();
            ControlHandler handler = handlers.get(command);
            if (handler == null) {
                throw new ControlException("this daemon knows no command '" + command + "'");
            }
            List<String> arguments = new ArrayList<>();
            request.path("arguments").forEach(argument -> arguments.add(argument.asText()));
            long seconds = Math.clamp(request.path("timeout").asLong(DEFAULT_SECONDS), 1, MOST_SECONDS);
            handler.handle(new ControlCall(
                    arguments,
                    Duration.ofSeconds(seconds),
                    row -> send(connection, ControlCall.newRow().set("row", row))));
            end.put("end", "ok");
        } catch (JsonProcessingException e) {
            failed(end, "a request is a line of JSON: " + e.getOriginalMessage());
        } catch (ControlException e) {
            failed(end, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            failed(end, "the daemon stops");
        } catch (RuntimeException e) {
            failed(end, "internal error, please report it: " + e);
        }
        send(connection, end);
    }

    private static void failed(ObjectNode end, String message) {
        end.put("end", "error").put("message", message);
    }

    private static void send(SocketChannel connection, JsonNode message) throws ControlException {
        ByteBuffer bytes = ByteBuffer.wrap((message + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                connection.write(bytes);
            }
        } catch (IOException e) {
            throw new ControlException("whoever asked has gone", e);
        }
    }

    /** Takes no more commands; those being answered are cut off. */
    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        acceptor.interrupt();
        for (SocketChannel connection : connections) {
            connection.close();
        }
        Files.deleteIfExists(address.getPath());
    }
}
