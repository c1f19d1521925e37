package dev.tandem.hostprotocol.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tandem.hostprotocol.enroll.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a batch out of raw lines; lines that are none are left out and counted. One thread.
 *
 * <p>osquery hands on the bytes that processes call themselves by, so a line need not be UTF-8: what is not becomes U+FFFD.
 */
public final class LineDecoder {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(4 << 20)
                    .build())
            .build();

    private final ResultLineParser parser = new ResultLineParser();
    private long refused;
    private @Nullable String reason;

    /** Lines left out so far. */
    public long refused() {
        return refused;
    }

    /** Why the last of them was; null when none was. */
    public @Nullable String reason() {
        return reason;
    }

    /** @param lines one JSON object each, or a string that holds one */
    public LogBatch decode(Node node, double arrival, boolean status, List<byte[]> lines) {
        List<byte[]> raw = new ArrayList<>(lines.size());
        List<ResultLine> results = new ArrayList<>(status ? 0 : lines.size());
        List<StatusLine> messages = new ArrayList<>(status ? lines.size() : 0);
        for (byte[] line : lines) {
            String text = text(line);
            if (status) {
                StatusLine message = message(text);
                if (message != null) {
                    messages.add(message);
                    raw.add(line);
                }
            } else {
                switch (parser.parse(text)) {
                    case ResultLine.Parsed.Accepted a -> {
                        results.add(a.line());
                        raw.add(line);
                    }
                    case ResultLine.Parsed.Refused r -> refuse(r.reason());
                }
            }
        }
        return new LogBatch(node, arrival, status, raw, results, messages);
    }

    private void refuse(String why) {
        refused++;
        reason = why;
    }

    private static String text(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.startsWith("\"")) {
            try (JsonParser json = JSON.createParser(text)) {
                json.nextToken();
                return json.getText();
            } catch (IOException e) {
                return text; // and is refused as what it is
            }
        }
        return text;
    }

    private @Nullable StatusLine message(String line) {
        int severity = 0;
        int number = 0;
        double time = 0;
        String file = "";
        String message = "";
        String version = "";
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                refuse("not a JSON object");
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                if (!json.nextToken().isScalarValue()) {
                    json.skipChildren();
                    continue;
                }
                String text = json.getText();
                switch (key) {
                    case "severity" -> severity = (int) number(text);
                    case "line" -> number = (int) number(text);
                    case "unixTime" -> time = number(text);
                    case "filename" -> file = text;
                    case "message" -> message = text;
                    case "version" -> version = text;
                    default -> {}
                }
            }
        } catch (IOException e) {
            refuse("not JSON");
            return null;
        }
        return new StatusLine(severity, time, file, number, message, version);
    }

    private static double number(String text) {
        double number = Times.parse(text);
        return Double.isNaN(number) ? 0 : number;
    }
}
