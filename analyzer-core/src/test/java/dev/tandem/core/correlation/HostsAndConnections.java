package dev.tandem.core.correlation;

import dev.tandem.core.host.ProcessInfo;
import dev.tandem.core.host.SocketCall;
import dev.tandem.core.host.SocketCall.Action;
import dev.tandem.core.host.SocketCall.Outcome;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.core.record.PlainRecords;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import java.util.List;
import java.util.Objects;

/** An attributor that is told of connections and calls by tests: all TCP, a tenth of a second long. */
final class HostsAndConnections {
    final ConnectionAttributor attributor = new ConnectionAttributor(new ConnectionAttributor.Listener() {
        @Override
        public void ready(ConnectionRecord c) {}

        @Override
        public void revised(ConnectionRecord c) {}
    });

    static Addr addr(String text) {
        return Objects.requireNonNull(Addr.parse(text));
    }

    /** A connection that has been seen from its beginning to its end. */
    ConnectionRecord connection(double start, String from, int fromPort, String to, int port) {
        ConnectionRecord c = new PlainRecords().connection();
        Objects.requireNonNull(c.id())
                .fill(addr(from), Port.of(fromPort, Port.Proto.TCP), addr(to), Port.of(port, Port.Proto.TCP), 6);
        c.uid = Bytes.of("C" + start);
        c.history = Bytes.of("ShADF");
        c.startTime = start;
        c.duration = 0.1;
        attributor.begin(c);
        attributor.end(c, start + 0.1);
        return c;
    }

    /** A row of socket_events that comes a second after its stamp. */
    void call(String host, Action action, int pid, long eid, double stamp, String remote, int port) {
        attributor.told(host, stamp, stamp + 1);
        SocketCall call = new SocketCall(
                action,
                pid,
                "/bin/program",
                ProcessInfo.NOBODY,
                0,
                addr("0.0.0.0"),
                0,
                addr(remote),
                port,
                stamp,
                stamp + 1,
                "3",
                Outcome.IN_PROGRESS);
        attributor.called(host, call, eid);
    }

    List<Candidate> originator(ConnectionRecord c) {
        return attributor.candidates(c, true, c.startTime + 60);
    }

    List<Candidate> responder(ConnectionRecord c) {
        return attributor.candidates(c, false, c.startTime + 60);
    }
}
