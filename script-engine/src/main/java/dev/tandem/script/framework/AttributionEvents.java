package dev.tandem.script.framework;

import dev.tandem.core.correlation.ConnectionAttributor;
import dev.tandem.core.record.ConnectionRecord;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;

/** Tells the scripts which connections to look at: {@code Attribution::ready} and {@code Attribution::revised}. */
public final class AttributionEvents implements ConnectionAttributor.Listener {
    private final ScriptContext context;

    public AttributionEvents(ScriptContext context) {
        this.context = context;
    }

    @Override
    public void ready(ConnectionRecord c) {
        raise("Attribution::ready", c);
    }

    @Override
    public void revised(ConnectionRecord c) {
        raise("Attribution::revised", c);
    }

    private void raise(String name, ConnectionRecord c) {
        if (context.global(name) instanceof FuncValue event && !event.isEmpty()) {
            context.raise(event, c);
        }
    }
}
