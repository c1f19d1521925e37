package dev.tandem.daemon.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.control.socket.ControlCall;
import dev.tandem.control.socket.ControlException;
import dev.tandem.control.socket.ControlHandler;
import dev.tandem.control.socket.EngineTasks;
import dev.tandem.hostprotocol.live.HostReport;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code hosts}: a row for every host that ever enrolled. */
public final class HostsHandler implements ControlHandler {
    private final EngineTasks engine;
    private final Callable<List<HostReport>> reports;

    /** @param reports called on the engine thread */
    public HostsHandler(EngineTasks engine, Callable<List<HostReport>> reports) {
        this.engine = engine;
        this.reports = reports;
    }

    @Override
    public String name() {
        return "hosts";
    }

    @Override
    public void handle(ControlCall call) throws ControlException, InterruptedException {
        for (HostReport host : engine.ask(call.timeout(), reports)) {
            ObjectNode row = ControlCall.newRow()
                    .put("host", host.hostId())
                    .put("instance", host.instance())
                    .put("online", host.isOnline())
                    .put("last_seen", host.lastSeen())
                    .put("enrolled", host.enrolled())
                    .put("peer", host.peer())
                    .put("version", host.version())
                    .put("queries", host.queries())
                    .put("lines", host.lines())
                    .put("hint", host.hint() == null ? "" : host.hint());
            host.groups().stream().sorted().forEach(row.withArray("groups")::add);
            host.addresses().forEach(row.withArray("addresses")::add);
            if (!Double.isNaN(host.lag())) {
                row.put("lag", host.lag());
            }
            call.row(row);
        }
    }
}
