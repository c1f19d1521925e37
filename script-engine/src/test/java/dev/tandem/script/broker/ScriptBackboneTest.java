package dev.tandem.script.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.backbone.Backbone;
import dev.tandem.core.backbone.Data;
import dev.tandem.core.backbone.EmbeddedBackbone;
import dev.tandem.core.backbone.EventMessage;
import dev.tandem.script.ScriptRig;
import dev.tandem.script.framework.NoHosts;
import dev.tandem.script.log.FakeWriters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scripts at one end of the backbone, the test at the other. */
class ScriptBackboneTest {
    private static final String SCRIPT = """
        type R: record { a: count; b: string &optional; c: table[addr, port] of interval &default=table(); };
        type Colour: enum { RED, GREEN };
        function shout(s: string): string { return s + "!"; }
        global heard = "";
        global everything: event(b: bool, i: int, c: count, d: double, t: time, v: interval, s: string, p: pattern,
            e: Colour, q: port, a: addr, n: subnet, x: set[string], y: table[count] of string, z: vector of int, r: R,
            f: function(s: string): string, any_: any) &is_used;
        event everything(b: bool, i: int, c: count, d: double, t: time, v: interval, s: string, p: pattern,
            e: Colour, q: port, a: addr, n: subnet, x: set[string], y: table[count] of string, z: vector of int, r: R,
            f: function(s: string): string, any_: any)
            {
            heard = cat(b, i, c, d, t, v, s, p, e, q, a, n, x, y, z, r, f(s), any_ as string, is_remote_event());
            }
        event one(n: count) { heard += cat(n); }
        function send()
            {
            Broker::publish("t/x", everything, T, -1, 2, 2.5, double_to_time(1.5), 2sec, "s", /p/i, GREEN, 80/tcp, 1.2.3.4,
                10.0.0.0/8, set("x"), table([1] = "y"), vector(+3), R($a=1, $c=table([1.2.3.4, 5/udp] = 1sec)), shout, "any");
            }
        """;

    private final ScriptRig rig = new ScriptRig(new FakeWriters(), new NoHosts())
            .load("base/init-bare")
            .script(SCRIPT);
    private final EmbeddedBackbone backbone = new EmbeddedBackbone();
    private final ScriptBackbone scripts = rig.backbone(backbone);
    private final List<EventMessage> sent = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final Backbone.Member other = backbone.join(new Backbone.Subscriber() {
        @Override
        public boolean accept(String topic, EventMessage message, Backbone.Subscriber from) {
            return sent.add(message);
        }

        @Override
        public void refused(EventMessage message, String reason) {
            refusals.add(reason);
        }
    });

    private void settle() {
        scripts.drain();
        rig.advance(2);
    }

    @Test
    void everyTypeTravelsThereAndBack() {
        rig.start(1);
        other.subscribe("t/");
        rig.call("send");
        assertEquals(List.of(), rig.messages);
        assertEquals(1, sent.size());
        EventMessage event = sent.get(0);
        assertEquals("everything", event.name());
        assertTrue(Double.isNaN(event.time()));
        assertEquals(new Data.Int(-1), event.arguments().get(1));
        assertEquals(new Data.Timestamp(1_500_000_000L), event.arguments().get(4));
        assertEquals(new Data.EnumName("GREEN"), event.arguments().get(8));
        assertEquals(Data.vector(Data.text("shout")), event.arguments().get(16));

        scripts.subscribe("t");
        other.publish("t/x", event);
        settle();
        assertEquals(
                "T-122.51.52.0 secss/(?i:^?(p)$?)/GREEN80/tcp1.2.3.410.0.0.0/8{\\x0ax\\x0a}{\\x0a\\x09[1] = y\\x0a}"
                        + "[3][a=1, b=<uninitialized>, c={\\x0a\\x09[1.2.3.4, 5/udp] = 1.0 sec\\x0a}]s!anyT",
                String.valueOf(rig.global("heard")).replace("\n", "\\x0a").replace("\t", "\\x09"));
    }

    @Test
    void onlyWhatWasSubscribedToIsRaised() {
        rig.start(1);
        scripts.subscribe("a/");
        other.publish("a/b", one(1));
        other.publish("b", one(2));
        scripts.unsubscribe("a/");
        other.publish("a/b", one(3));
        settle();
        assertEquals("1", String.valueOf(rig.global("heard")));
    }

    @Test
    void anEventThatDoesNotFitIsRefusedAndSaysWhy() {
        rig.start(1);
        scripts.subscribe("a");
        other.publish("a", new EventMessage("nobody", List.of()));
        other.publish("a", new EventMessage("shout", List.of(Data.text("x"))));
        other.publish("a", new EventMessage("one", List.of()));
        other.publish("a", new EventMessage("one", List.of(Data.text("x"))));
        other.publish("a", one(7));
        settle();
        assertEquals("7", String.valueOf(rig.global("heard")));
        assertEquals(
                List.of(
                        "Failed to lookup handler for 'nobody'",
                        "Failed to lookup handler for 'shout'",
                        "event 'one' got 0 arguments, expects 1",
                        "failed to convert remote event 'one' arg #0, got string, expected count"),
                refusals);
        assertEquals(4, rig.messages.size());
    }

    @Test
    void aFloodIsBoundedAndCounted() {
        rig.start(1);
        scripts.subscribe("a");
        for (int i = 0; i < 20_000; i++) {
            other.publish("a", one(0));
        }
        assertTrue(scripts.isBehind());
        assertTrue(backbone.isCongested());
        assertEquals(20_000 - 16_384, scripts.lostEvents());
        settle();
        assertEquals(1024, String.valueOf(rig.global("heard")).length());
        assertEquals(List.of("warning: 3616 events from other nodes lost: they come too fast"), rig.messages);
    }

    @Test
    void whatIsOrderedWaitsForItsTimeWhoeverSentIt() {
        rig.start(1);
        scripts.subscribe("tandem/ordered/");
        other.publish("tandem/ordered/x", at(30, 3));
        other.publish("tandem/ordered/x", at(10, 1));
        other.publish("tandem/ordered/x", at(10, 2));
        assertEquals(0, scripts.drain(), "its time is not now");
        assertEquals(10, scripts.inOrder().nextDue());
        assertEquals(2, scripts.inOrder().runUntil(20, 100));
        settle();
        assertEquals("12", String.valueOf(rig.global("heard")));
        assertEquals(1, scripts.drainAll());
        settle();
        assertEquals("123", String.valueOf(rig.global("heard")));
        assertEquals(Double.POSITIVE_INFINITY, scripts.inOrder().nextDue());
    }

    @Test
    void whatIsOrderedIsBoundedUnlessItsSenderWaits() {
        rig.start(1);
        scripts.subscribe("tandem/ordered/");
        for (int i = 0; i < 65_537; i++) {
            other.publish("tandem/ordered/x", at(i, 0));
        }
        assertTrue(backbone.isCongested());
        assertEquals(1, scripts.lostEvents());
        scripts.inOrder().takeAll();
        other.publish("tandem/ordered/x", at(1, 0));
        assertEquals(1, scripts.lostEvents());
    }

    @Test
    void whatScriptsPublishInOrderHasTheTime() {
        rig.script("event zeek_init() { Broker::publish(\"tandem/ordered/y\", one, 5); }");
        other.subscribe("tandem/ordered/y");
        rig.start(7);
        assertEquals(7, sent.get(0).time());
    }

    private static EventMessage at(double time, long n) {
        return new EventMessage("one", List.of(new Data.Count(n)), time);
    }

    private static EventMessage one(long n) {
        return new EventMessage("one", List.of(new Data.Count(n)));
    }
}
