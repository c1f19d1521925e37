package dev.tandem.control.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** One request being answered. Used by the thread that handles it. */
public final class ControlCall {
    /** Takes a row to whoever asked. */
    interface Rows {
        void send(JsonNode row) throws ControlException;
    }

    private final List<String> arguments;
    private final Duration timeout;
    private final Rows rows;

    ControlCall(List<String> arguments, Duration timeout, Rows rows) {
        this.arguments = List.copyOf(arguments);
        this.timeout = timeout;
        this.rows = rows;
    }

    public List<String> arguments() {
        return arguments;
    }

    /** How long the asker waits. */
    public Duration timeout() {
        return timeout;
    }

    /** The argument at that place. */
    public String argument(int index, String what) throws ControlException {
        if (index >= arguments.size()) {
            throw new ControlException("needs " + what);
        }
        return arguments.get(index);
    }

    /** An empty row to fill in. */
    public static ObjectNode newRow() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Sends a piece of the answer at once.
     *
     * @throws ControlException when whoever asked has gone, which ends the handling
     */
    public void row(JsonNode row) throws ControlException {
        rows.send(row);
    }
}
