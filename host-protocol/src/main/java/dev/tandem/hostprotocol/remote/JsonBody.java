package dev.tandem.hostprotocol.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bodies as trees, within bounds. */
final class JsonBody {
    /** The answer that makes a host forget its key and enrol again. For nothing else: a crowd that does would be a storm. */
    static final String NODE_INVALID = "{\"node_invalid\":true}";

    static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(32 << 20)
                    .build())
            .build());

    private JsonBody() {}

    /** Null when it is no JSON object. Text that is no UTF-8 is mended: hosts hand on what processes call themselves. */
    static @Nullable ObjectNode object(byte[] body) {
        try {
            return MAPPER.readTree(new String(body, StandardCharsets.UTF_8)) instanceof ObjectNode object
                    ? object
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** A member that is text; empty when it is not there or something else. */
    static String text(JsonNode object, String member) {
        JsonNode value = object.path(member);
        return value.isTextual() ? value.textValue() : "";
    }

    /** A member that is a number or text that is one; 0 when it is not there or something else. */
    static long number(JsonNode object, String member) {
        JsonNode value = object.path(member);
        return value.isNumber() ? value.longValue() : value.isTextual() ? value.asLong(0) : 0;
    }
}
