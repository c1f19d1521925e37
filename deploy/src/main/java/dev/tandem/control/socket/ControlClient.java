package dev.tandem.control.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Asks a running daemon. One question a time. */
public final class ControlClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** So much later than the daemon's own time-out, whose message is better. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Path stateDirectory;

    /** @param stateDirectory of the daemon to ask */
    public ControlClient(Path stateDirectory) {
        this.stateDirectory = stateDirectory;
    }

    /** Asks, and returns the rows of the whole answer. */
    public List<JsonNode> ask(Duration timeout, String command, List<String> arguments) throws ControlException {
        List<JsonNode> rows = new ArrayList<>();
        ask(timeout, command, arguments, rows::add);
        return rows;
    }

    /**
     * Asks, and hands over each row as it comes.
     *
     * @throws ControlException when no daemon answers, not in time, or it says that it cannot
     */
    public void ask(Duration timeout, String command, List<String> arguments, Consumer<JsonNode> rows)
            throws ControlException {
        AtomicBoolean late = new AtomicBoolean();
        try {
            UnixDomainSocketAddress address = SocketPath.of(stateDirectory);
            try (SocketChannel connection = SocketChannel.open(address)) {
                // A blocking channel has no time-out of its own.
                Thread watch = Thread.ofVirtual().start(() -> closeAfter(timeout.plus(GRACE), connection, late));
                try {
                    converse(connection, request(timeout, command, arguments), rows);
                } finally {
                    watch.interrupt();
                }
            }
        } catch (IOException e) {
            throw new ControlException(
                    late.get()
                            ? "no answer within " + timeout.toSeconds() + " s"
                            : "does not answer: " + e.getMessage(),
                    e);
        }
    }

    private static void closeAfter(Duration time, SocketChannel connection, AtomicBoolean late) {
        try {
            Thread.sleep(time);
            late.set(true);
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // It is of no use any more anyway.
        }
    }

    private static ObjectNode request(Duration timeout, String command, List<String> arguments) {
        ObjectNode request = ControlCall.newRow();
        request.put("command", command);
        ArrayNode list = request.putArray("arguments");
        arguments.forEach(list::add);
        request.put("timeout", Math.max(1, timeout.toSeconds()));
        return request;
    }

    private static void converse(SocketChannel connection, ObjectNode request, Consumer<JsonNode> rows)
            throws IOException, ControlException {
        ByteBuffer bytes = ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
        BufferedReader lines = new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode answer = JSON.readTree(line);
            if (answer.has("row")) {
                rows.accept(answer.get("row"));
            } else if (answer.path("end").asText().equals("ok")) {
                return;
            } else {
                throw new ControlException(answer.path("message").asText("it failed"));
            }
        }
        throw new IOException("it ended before it had answered");
    }
}
