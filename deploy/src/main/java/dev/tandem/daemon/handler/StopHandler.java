package dev.tandem.daemon.handler;

import dev.tandem.control.socket.ControlCall;
import dev.tandem.control.socket.ControlHandler;

/** {@code stop}: ends the run in order, as SIGTERM does. Answers before it has ended. */
public final class StopHandler implements ControlHandler {
    private final Runnable stop;

    public StopHandler(Runnable stop) {
        this.stop = stop;
    }

    @Override
    public String name() {
        return "stop";
    }

    @Override
    public void handle(ControlCall call) {
        stop.run();
    }
}
