package dev.tandem.hostprotocol.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.backbone.Data;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages with something wrong in them: an error that says what, or a value that can be written and read again. */
class BrokerJsonMutationTest {
    private static final int ROUNDS = 40_000;
    private static final String[] PIECES = {
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "null",
        "1e999",
        "-",
        "\u0000",
        "\ud800",
        "@data-type",
        "\"data\"",
        "99999999999999999999",
        "{\"@data-type\":\"vector\",\"data\":[",
        "\"count\"",
        "\"table\"",
        "\\u"
    };

    @Test
    void mutatedMessagesNeverDoHarm() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> seeds = BrokerJsonTest.vectors().stream()
                .map(a -> (String) a.get()[0])
                .map(v -> "{\"topic\":\"t\",\"@data-type\":\"vector\",\"data\":[{\"@data-type\":\"count\",\"data\":1},"
                        + "{\"@data-type\":\"count\",\"data\":1},{\"@data-type\":\"vector\",\"data\":["
                        + "{\"@data-type\":\"string\",\"data\":\"e\"},{\"@data-type\":\"vector\",\"data\":[" + v
                        + "]}]}]}")
                .toList();
        int read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            for (int n = random.nextInt(4); n >= 0; n--) {
                mutate(text, random);
            }
            String json = text.toString();
            try {
                BrokerJson.Published message = BrokerJson.message(json);
                String written = BrokerJsonWriter.message(message.topic(), message.event());
                assertEquals(
                        written,
                        BrokerJsonWriter.message(
                                message.topic(), BrokerJson.message(written).event()),
                        () -> "seed " + seed + ": " + json);
                read++;
            } catch (BrokerJson.Malformed e) {
                assertFalse(String.valueOf(e.getMessage()).isBlank());
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ": " + json, e);
            }
        }
        assertTrue(read > ROUNDS / 100, "hardly anything was read: " + read);
    }

    private static void mutate(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(5)) {
            case 0 -> text.setCharAt(at, (char) random.nextInt(128));
            case 1 -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(8)));
            case 2 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
            case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
            default -> text.setCharAt(at, (char) ('0' + random.nextInt(10)));
        }
    }

    @Test
    void orderOfDataIsTotal() throws BrokerJson.Malformed {
        List<Data> all =
                BrokerJsonTest.vectors().stream().map(a -> (Data) a.get()[1]).toList();
        for (Data a : all) {
            for (Data b : all) {
                assertEquals(a.equals(b), a.compareTo(b) == 0, () -> a + " and " + b);
                assertEquals(Integer.signum(a.compareTo(b)), -Integer.signum(b.compareTo(a)));
            }
        }
    }
}
