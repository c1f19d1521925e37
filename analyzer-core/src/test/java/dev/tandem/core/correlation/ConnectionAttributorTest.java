package dev.tandem.core.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tandem.core.host.ProcessInfo;
import dev.tandem.core.host.SocketCall;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.record.PlainRecords;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is kept of connections. */
class ConnectionAttributorTest {
    private static final Addr HOST = Objects.requireNonNull(Addr.parse("10.0.0.1"));
    private static final Addr PEER = Objects.requireNonNull(Addr.parse("192.0.2.7"));

    private final List<Bytes> ready = new ArrayList<>();
    private final ConnectionAttributor attributor = new ConnectionAttributor(new ConnectionAttributor.Listener() {
        @Override
        public void ready(ConnectionRecord c) {
            ready.add(c.uid);
        }

        @Override
        public void revised(ConnectionRecord c) {}
    });

    private static ConnectionRecord connection(int port, double start) {
        ConnectionRecord c = new PlainRecords().connection();
        Objects.requireNonNull(c.id()).fill(HOST, Port.of(port, Port.Proto.TCP), PEER, Port.of(443, Port.Proto.TCP), 6);
        c.uid = Bytes.of("C" + port);
        c.history = Bytes.of("ShADF");
        c.startTime = start;
        c.duration = 0.1;
        return c;
    }

    private void call(int pid, long eid, double time) {
        attributor.told("h", time, time + 1);
        attributor.called(
                "h",
                new SocketCall(
                        SocketCall.Action.CONNECT,
                        pid,
                        "/bin/p" + pid,
                        1000,
                        6,
                        HOST,
                        0,
                        PEER,
                        443,
                        time,
                        time + 1,
                        "3",
                        SocketCall.Outcome.SUCCEEDED),
                eid);
    }

    /** Begins a connection, has it explained and answers for it; the caller keeps nothing of it. */
    private WeakReference<ConnectionRecord> answeredConnection(int port, double start) {
        ConnectionRecord c = connection(port, start);
        attributor.begin(c);
        attributor.end(c, start + 0.1);
        call(7, 1, start + 1);
        call(8, 2, start + 20);
        assertEquals(List.of(c.uid), ready);
        Candidate first = attributor.candidates(c, true, start + 30).get(0);
        assertEquals(7, first.pid());
        attributor.answered(c);
        return new WeakReference<>(c);
    }

    @Test
    void aConnectionThatEndsBeforeItsHostHasToldItsAddressWaitsForIt() {
        attributor.told("h", 100, 100.5);
        ConnectionRecord c = connection(4000, 101);
        attributor.begin(c);
        assertEquals(ConnectionAttributor.Expectation.ROWS, attributor.end(c, 101.1));
        assertEquals(1, attributor.counters().waiting());
        attributor.addressAdded("h", HOST, 102);
        assertEquals(List.of(), ready);
        call(7, 1, 102);
        call(8, 2, 120);
        assertEquals(List.of(c.uid), ready);
        assertEquals(7, attributor.candidates(c, true, 121).get(0).pid());
        attributor.answered(c);
        assertEquals(0, attributor.counters().waiting());
    }

    @Test
    void whatNoHostHasClaimedWaitsNoLongerThanForTheAddressesOfHosts() {
        attributor.told("h", 100, 100.5);
        ConnectionRecord c = connection(4000, 101);
        assertEquals(ConnectionAttributor.Expectation.ROWS, attributor.end(c, 101.1));
        attributor.addressAdded("h", Objects.requireNonNull(Addr.parse("10.9.9.9")), 102);
        attributor.told("h", 104, 104.5);
        assertEquals(List.of(c.uid), ready);
        attributor.answered(c);
        assertEquals(0, attributor.counters().waiting());
        assertEquals(ConnectionAttributor.Expectation.NOTHING, attributor.end(connection(4001, 105), 105.1));
    }

    @Test
    void aHostThatTellsNoAddressIsNotWaitedForForEver() {
        attributor.told("h", 100, 100.5);
        assertEquals(ConnectionAttributor.Expectation.ROWS, attributor.end(connection(4000, 101), 101.1));
        assertEquals(ConnectionAttributor.Expectation.NOTHING, attributor.end(connection(4001, 170), 170.1));
    }

    @Test
    void theRecordOfAConnectionThatIsDoneIsLetGo() throws InterruptedException {
        attributor.addressAdded("h", HOST, 0);
        attributor.hosts().host("h").user(1000, "ann");
        attributor
                .hosts()
                .host("h")
                .processes()
                .started(new ProcessInfo(7, "/bin/p7", "p7", 1000, 1000, 1, 90, Double.POSITIVE_INFINITY), false);
        WeakReference<ConnectionRecord> record = answeredConnection(4000, 100);
        assertEquals(0, attributor.counters().tracked());
        for (int i = 0; i < 100 && record.get() != null; i++) {
            System.gc();
            Thread.sleep(i < 3 ? 0 : 10);
        }
        assertNull(record.get(), "held by what is kept of its call");
        assertEquals(3, attributor.counters().calls(), "two calls and the flow still pair with others");
    }
}
