package dev.tandem.core.backbone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedBackboneTest {
    private static final EventMessage EVENT = new EventMessage("e", List.of());

    private final EmbeddedBackbone backbone = new EmbeddedBackbone();
    private final List<String> heard = new ArrayList<>();
    private final Backbone.Member listener = backbone.join((topic, event, from) -> heard.add(topic));
    private final Backbone.Member speaker = backbone.join((topic, event, from) -> true);

    @Test
    void whoSubscribedToAPrefixHearsTheTopic() {
        listener.subscribe("zeek/ev");
        assertEquals(1, speaker.publish("zeek/ev", EVENT));
        assertEquals(1, speaker.publish("zeek/event/x", EVENT));
        assertEquals(0, speaker.publish("zeek/e", EVENT));
        assertEquals(0, speaker.publish("other", EVENT));
        assertEquals(List.of("zeek/ev", "zeek/event/x"), heard);
    }

    @Test
    void theEmptyPrefixIsEverything() {
        listener.subscribe("");
        assertEquals(1, speaker.publish("anything", EVENT));
    }

    @Test
    void severalPrefixesThatMatchDeliverOnce() {
        listener.subscribe("a");
        listener.subscribe("a/b");
        listener.subscribe("a/b");
        assertEquals(1, speaker.publish("a/b/c", EVENT));
        assertEquals(1, heard.size());
    }

    @Test
    void nobodyHearsHimself() {
        listener.subscribe("a");
        assertEquals(0, listener.publish("a", EVENT));
    }

    @Test
    void unsubscribingAndLeavingEndIt() {
        listener.subscribe("a");
        listener.unsubscribe("a");
        listener.unsubscribe("never");
        assertEquals(0, speaker.publish("a", EVENT));
        listener.subscribe("a");
        listener.subscribe("b");
        listener.close();
        assertEquals(0, speaker.publish("a", EVENT));
        assertEquals(0, speaker.publish("b", EVENT));
    }

    @Test
    void oneWhoIsBehindCongests() {
        assertFalse(backbone.isCongested());
        Backbone.Member slow = backbone.join(new Backbone.Subscriber() {
            @Override
            public boolean accept(String topic, EventMessage message, Backbone.Subscriber from) {
                return false;
            }

            @Override
            public boolean isBehind() {
                return true;
            }
        });
        slow.subscribe("a");
        assertTrue(backbone.isCongested());
        assertEquals(0, speaker.publish("a", EVENT));
        slow.close();
        assertFalse(backbone.isCongested());
    }
}
