package dev.tandem.daemon.handler;

import dev.tandem.control.socket.ControlCall;
import dev.tandem.control.socket.ControlException;
import dev.tandem.control.socket.ControlHandler;
import dev.tandem.control.socket.EngineTasks;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code print NAME}: the value of a global as it is now. */
public final class PrintHandler implements ControlHandler {
    private final EngineTasks engine;
    private final Function<String, @Nullable String> values;

    /** @param values gives a global's value as text, null when there is no such name; called on the engine thread */
    public PrintHandler(EngineTasks engine, Function<String, @Nullable String> values) {
        this.engine = engine;
        this.values = values;
    }

    @Override
    public String name() {
        return "print";
    }

    @Override
    public void handle(ControlCall call) throws ControlException, InterruptedException {
        String name = call.argument(0, "the name of a global");
        String value = engine.ask(call.timeout(), () -> {
            String text = values.apply(name);
            if (text == null) {
                throw new ControlException("unknown id '" + name + "'");
            }
            return text;
        });
        call.row(ControlCall.newRow().put("name", name).put("value", value));
    }
}
