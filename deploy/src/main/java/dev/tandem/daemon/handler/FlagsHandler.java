package dev.tandem.daemon.handler;

import dev.tandem.control.socket.ControlCall;
import dev.tandem.control.socket.ControlException;
import dev.tandem.control.socket.ControlHandler;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code flags}: a flagfile with which osquery enrols here. */
public final class FlagsHandler implements ControlHandler {
    private final Supplier<@Nullable String> flags;

    /** @param flags null when no port is open for hosts. Any thread */
    public FlagsHandler(Supplier<@Nullable String> flags) {
        this.flags = flags;
    }

    @Override
    public String name() {
        return "flags";
    }

    @Override
    public void handle(ControlCall call) throws ControlException {
        String text = flags.get();
        if (text == null) {
            throw new ControlException("no port is open for hosts: start tandem with --hosts ADDRESS:PORT");
        }
        call.row(ControlCall.newRow().put("flagfile", text));
    }
}
