package dev.tandem.core.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.host.ProcessInfo;
import dev.tandem.core.host.SocketCall.Action;
import dev.tandem.core.record.ConnectionRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said when rows were lost on their way. */
class LostRowsTest {
    private static final String HERE = "10.0.0.1";
    private static final String SHOP = "192.0.2.7";
    private static final String MAIL = "192.0.2.8";

    private final HostsAndConnections world = new HostsAndConnections();

    @BeforeEach
    void hostWithAddress() {
        world.attributor.addressAdded("h", HostsAndConnections.addr(HERE), 0);
    }

    private void process(int pid, long uid) {
        world.attributor
                .hosts()
                .host("h")
                .processes()
                .running(new ProcessInfo(pid, "/bin/program", "", uid, -1, 1, 10, Double.POSITIVE_INFINITY));
    }

    /** Calls and connections in turn, four to the shop and one for mail; a call that is lost is a hole in the numbers. */
    private List<ConnectionRecord> visits(int count, List<Integer> lost) {
        List<ConnectionRecord> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(world.connection(100 + i * 0.25, HERE, 4000 + i, i % 5 == 4 ? MAIL : SHOP, 443));
        }
        for (int i = 0; i < count; i++) {
            if (!lost.contains(i)) {
                world.call("h", Action.CONNECT, 500 + i, 1 + i, 120, i % 5 == 4 ? MAIL : SHOP, 443);
            }
        }
        world.call("h", Action.CONNECT, 999, 1 + count, 160, "192.0.2.99", 1);
        return all;
    }

    @Test
    void aLostCallLeavesItsOwnConnectionOpenAndNoOther() {
        List<Integer> lost = List.of(3, 11, 12, 24, 36);
        List<ConnectionRecord> all = visits(40, lost);
        for (int i = 0; i < all.size(); i++) {
            Candidate first = world.originator(all.get(i)).get(0);
            if (lost.contains(i)) {
                assertTrue(first.pid() < 0 || first.confidence() < 0.6, first::toString);
            } else {
                assertEquals(500 + i, first.pid());
                assertTrue(first.confidence() > 0.9, first::toString);
            }
        }
    }

    @Test
    void aConnectionWithoutAcceptIsSharedByThoseThatAcceptThereAndHasTheirUser() {
        process(51, 33);
        for (int i = 0; i < 8; i++) {
            ConnectionRecord c = world.connection(100 + i, MAIL, 5000 + i, HERE, 80);
            // Of one worker no row tells but its accepts.
            world.call("h", Action.ACCEPT, 51 + i % 2, 1 + i, 100 + i, MAIL, 5000 + i);
            assertEquals(51 + i % 2, world.responder(c).get(0).pid());
        }
        ConnectionRecord untold = world.connection(110, MAIL, 6000, HERE, 80);
        world.call("h", Action.CONNECT, 999, 20, 160, SHOP, 1);
        List<Candidate> candidates = world.responder(untold);
        assertEquals(2, candidates.size());
        for (Candidate c : candidates) {
            assertTrue(c.confidence() < 0.6, c::toString);
            assertEquals(33, c.uid());
        }
    }
}
