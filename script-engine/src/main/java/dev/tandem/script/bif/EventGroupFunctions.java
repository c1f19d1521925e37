package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.bif.EventGroups.Kind;
import dev.tandem.script.runtime.ScriptContext;

/** Switching groups of event handlers. */
public final class EventGroupFunctions {
    private EventGroupFunctions() {}

    private static boolean enable(ScriptContext ctx, Kind kind, Bytes name, boolean on) {
        boolean done = ctx.service(EventGroups.class).enable(kind, name.utf8(), on);
        if (!done) {
            ctx.callError("no such event group: " + name.utf8(), null);
        }
        return done;
    }

    @Bif(value = "enable_event_group", type = "function(group: string): bool")
    public static boolean enableEventGroup(ScriptContext ctx, Bytes group) {
        return enable(ctx, Kind.ATTRIBUTE, group, true);
    }

    @Bif(value = "disable_event_group", type = "function(group: string): bool")
    public static boolean disableEventGroup(ScriptContext ctx, Bytes group) {
        return enable(ctx, Kind.ATTRIBUTE, group, false);
    }

    @Bif(value = "has_event_group", type = "function(group: string): bool")
    public static boolean hasEventGroup(ScriptContext ctx, Bytes group) {
        return ctx.service(EventGroups.class).exists(Kind.ATTRIBUTE, group.utf8());
    }

    @Bif(value = "enable_module_events", type = "function(module_name: string): bool")
    public static boolean enableModuleEvents(ScriptContext ctx, Bytes moduleName) {
        return enable(ctx, Kind.MODULE, moduleName, true);
    }

    @Bif(value = "disable_module_events", type = "function(module_name: string): bool")
    public static boolean disableModuleEvents(ScriptContext ctx, Bytes moduleName) {
        return enable(ctx, Kind.MODULE, moduleName, false);
    }

    @Bif(value = "has_module_events", type = "function(group: string): bool")
    public static boolean hasModuleEvents(ScriptContext ctx, Bytes group) {
        return ctx.service(EventGroups.class).exists(Kind.MODULE, group.utf8());
    }
}
