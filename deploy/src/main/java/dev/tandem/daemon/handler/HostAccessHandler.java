package dev.tandem.daemon.handler;

import dev.tandem.control.socket.ControlCall;
import dev.tandem.control.socket.ControlException;
import dev.tandem.control.socket.ControlHandler;
import dev.tandem.control.socket.EngineTasks;

/** {@code host_access revoke|permit HOST}: keeps a host out, or lets it in again. The row says whether it ever enrolled. */
public final class HostAccessHandler implements ControlHandler {
    /** What this needs of the daemon. Engine thread. */
    public interface Access {
        /** Whether a port is open for hosts. */
        boolean isOpen();

        /** Whether that host ever enrolled. */
        boolean knows(String hostId);

        void revoke(String hostId);

        void permit(String hostId);
    }

    private final EngineTasks engine;
    private final Access access;

    public HostAccessHandler(EngineTasks engine, Access access) {
        this.engine = engine;
        this.access = access;
    }

    @Override
    public String name() {
        return "host_access";
    }

    @Override
    public void handle(ControlCall call) throws ControlException, InterruptedException {
        String action = call.argument(0, "revoke or permit");
        String host = call.argument(1, "a host");
        if (!action.equals("revoke") && !action.equals("permit")) {
            throw new ControlException("host_access takes revoke or permit, not " + action);
        }
        boolean known = engine.ask(call.timeout(), () -> {
            if (!access.isOpen()) {
                throw new ControlException("no port is open for hosts: start tandem with --hosts ADDRESS:PORT");
            }
            if (action.equals("revoke")) {
                access.revoke(host);
            } else {
                access.permit(host);
            }
            return access.knows(host);
        });
        call.row(ControlCall.newRow().put("known", known));
    }
}
