package dev.tandem.core.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.host.SocketCall.Action;
import dev.tandem.core.record.ConnectionRecord;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hosts behind one router, whose address is all that the sensor sees of them. */
class TranslatedAddressTest {
    private static final String ROUTER = "203.0.113.9";
    private static final String SHOP = "192.0.2.7";
    private static final String MAIL = "192.0.2.8";

    private final HostsAndConnections world = new HostsAndConnections();

    @BeforeEach
    void twoHostsBehindARouter() {
        for (String host : List.of("one", "two")) {
            world.attributor.heardFrom(host, HostsAndConnections.addr(ROUTER), 50);
            world.attributor.addressAdded(host, HostsAndConnections.addr("10.0.0.5"), 50);
        }
    }

    private void restIsTold() {
        world.call("one", Action.CONNECT, 999, 90, 160, "192.0.2.99", 1);
        world.call("two", Action.CONNECT, 999, 90, 160, "192.0.2.99", 1);
    }

    @Test
    void aConnectionIsThatOfTheHostThatCalledThere() {
        ConnectionRecord shop = world.connection(100, ROUTER, 40001, SHOP, 443);
        ConnectionRecord mail = world.connection(100.5, ROUTER, 40002, MAIL, 25);
        world.call("one", Action.CONNECT, 11, 1, 101, SHOP, 443);
        world.call("two", Action.CONNECT, 22, 1, 101, MAIL, 25);
        restIsTold();
        for (ConnectionRecord c : List.of(shop, mail)) {
            List<Candidate> candidates = world.originator(c);
            assertEquals(1, candidates.size(), candidates::toString);
            assertEquals(c == shop ? "one" : "two", candidates.get(0).host());
            assertEquals(c == shop ? 11 : 22, candidates.get(0).pid());
            assertEquals(Candidate.Method.TRANSLATED, candidates.get(0).method());
            assertTrue(candidates.get(0).confidence() < 0.96);
        }
    }

    @Test
    void twoHostsThatCalledTheSamePlaceAreBothCandidates() {
        ConnectionRecord first = world.connection(100, ROUTER, 40001, SHOP, 443);
        world.connection(100.5, ROUTER, 40002, SHOP, 443);
        world.call("one", Action.CONNECT, 11, 1, 101, SHOP, 443);
        world.call("two", Action.CONNECT, 22, 1, 101, SHOP, 443);
        restIsTold();
        List<Candidate> candidates = world.originator(first);
        assertEquals(2, candidates.size());
        candidates.forEach(c -> assertTrue(c.confidence() < 0.6, c::toString));
    }

    @Test
    void ofAConnectionThatNoneOfThemCalledForNothingIsSaid() {
        ConnectionRecord other = world.connection(100, ROUTER, 40001, SHOP, 443);
        restIsTold();
        assertEquals(List.of(), world.originator(other));
    }

    @Test
    void theRoutersOwnHostIsNobodyElse() {
        world.attributor.addressAdded("router", HostsAndConnections.addr(ROUTER), 50);
        world.attributor.heardFrom("router", HostsAndConnections.addr(ROUTER), 50);
        ConnectionRecord c = world.connection(100, ROUTER, 40001, SHOP, 443);
        world.call("router", Action.CONNECT, 33, 1, 101, SHOP, 443);
        world.call("router", Action.CONNECT, 999, 2, 160, "192.0.2.99", 1);
        restIsTold();
        Candidate first = world.originator(c).get(0);
        assertEquals("router", first.host());
        assertEquals(Candidate.Method.CONNECT, first.method());
    }
}
