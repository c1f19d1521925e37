package dev.tandem.hostprotocol.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSpansTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<String> members(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> members = new ArrayList<>();
        boolean whole = new JsonSpans(bytes)
                .members((key, from, to) ->
                        members.add(key + "=" + new String(bytes, from, to - from, StandardCharsets.UTF_8)));
        members.add(whole ? "." : "broken");
        return members;
    }

    @Test
    void findsMembersAndLeavesWhatIsInThem() {
        assertEquals(
                List.of("a=1", "b=\"x,}\\\"\"", "c={\"d\":[1,{}]}", "e=null", "."),
                members(" {\"a\":1 , \"b\" : \"x,}\\\"\",\"c\":{\"d\":[1,{}]},\"e\":null} "));
        assertEquals(List.of("."), members("{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\":1}}",
                "{\"a\":}",
                "{\"a\":\"x}"
            })
    void saysWhatIsNoObject(String text) {
        assertEquals("broken", members(text).getLast());
    }

    @Test
    void oneBrokenElementDoesNotSpoilTheOthers() {
        byte[] bytes = "[{\"a\":1},{\"b\" nonsense \\q},17]".getBytes(StandardCharsets.UTF_8);
        List<String> elements = new ArrayList<>();
        assertTrue(new JsonSpans(bytes)
                .elements(
                        0,
                        bytes.length,
                        (from, to) -> elements.add(new String(bytes, from, to - from, StandardCharsets.UTF_8))));
        assertEquals(List.of("{\"a\":1}", "{\"b\" nonsense \\q}", "17"), elements);
        assertFalse(new JsonSpans("[1,]".getBytes(StandardCharsets.UTF_8)).elements(0, 4, (from, to) -> {}));
    }

    @Test
    void depthCostsNothing() {
        assertEquals("broken", members("{\"a\":" + "[".repeat(1_000_000)).getLast());
    }

    /** What a JSON library takes, this takes, and cuts at the same places; and nothing makes it throw. */
    @Test
    void agreesWithALibraryOnMutatedText() throws IOException {
        Random random = new Random(5);
        String good =
                "{\"node_key\":\"k\",\"log_type\":\"result\",\"data\":[{\"name\":\"x\\\"y\",\"columns\":{\"a\":\"1\"}},{\"b\":[1,2.5e3,null,true]}]}";
        int understood = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
            for (int m = random.nextInt(3); m > 0; m--) {
                bytes[random.nextInt(bytes.length)] = (byte) "{}[]\",:\\ax1 ".charAt(random.nextInt(12));
            }
            List<String> found = members(new String(bytes, StandardCharsets.UTF_8));
            JsonNode tree;
            try {
                tree = JSON.reader()
                        .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .readTree(bytes);
            } catch (IOException e) {
                continue;
            }
            if (tree.isObject()) {
                understood++;
                assertEquals(".", found.getLast(), new String(bytes, StandardCharsets.UTF_8));
                for (String member : found.subList(0, found.size() - 1)) {
                    JSON.readTree(member.substring(member.indexOf('=') + 1));
                }
            }
        }
        assertTrue(understood > 1000, "understood " + understood);
    }
}
