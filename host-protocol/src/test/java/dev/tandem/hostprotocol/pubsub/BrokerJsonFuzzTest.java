package dev.tandem.hostprotocol.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Text that clients send is refused with a reason, or means a value that can be written and read again. Ordinary runs try the seeds;
 * {@code JAZZER_FUZZ=1} looks for more, one method at a time.
 */
class BrokerJsonFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void messages(byte[] input) {
        try {
            BrokerJson.Published message = BrokerJson.message(new String(input, StandardCharsets.UTF_8));
            String written = BrokerJsonWriter.message(message.topic(), message.event());
            BrokerJson.Published again = BrokerJson.message(written);
            assertEquals(written, BrokerJsonWriter.message(again.topic(), again.event()));
        } catch (BrokerJson.Malformed e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank());
        }
    }

    @FuzzTest(maxDuration = "5m")
    void topics(byte[] input) {
        try {
            List<String> topics = BrokerJson.topics(new String(input, StandardCharsets.UTF_8));
            assertFalse(topics.contains(null));
        } catch (BrokerJson.Malformed e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank());
        }
    }
}
