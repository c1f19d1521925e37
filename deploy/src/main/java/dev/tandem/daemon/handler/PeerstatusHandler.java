package dev.tandem.daemon.handler;

import dev.tandem.control.socket.ControlCall;
import dev.tandem.control.socket.ControlException;
import dev.tandem.control.socket.ControlHandler;
import java.util.List;
import java.util.function.Supplier;

/** {@code peerstatus}: with whom the daemon exchanges events. */
public final class PeerstatusHandler implements ControlHandler {
    /**
     * Another one.
     *
     * @param status as {@code Broker::PEERED}
     */
    public record Peer(String name, String host, String status) {}

    private final Supplier<List<Peer>> peers;

    /** @param peers as they are now; any thread */
    public PeerstatusHandler(Supplier<List<Peer>> peers) {
        this.peers = peers;
    }

    @Override
    public String name() {
        return "peerstatus";
    }

    @Override
    public void handle(ControlCall call) throws ControlException {
        double now = System.currentTimeMillis() / 1000.0;
        for (Peer peer : peers.get()) {
            call.row(ControlCall.newRow()
                    .put("ts", now)
                    .put("peer", peer.name())
                    .put("host", peer.host())
                    .put("status", peer.status()));
        }
    }
}
