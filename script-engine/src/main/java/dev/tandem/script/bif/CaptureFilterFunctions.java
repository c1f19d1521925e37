package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Capture filters chosen by scripts (zeek {@code src/iosource/pcap/pcap.bif}). */
public final class CaptureFilterFunctions {
    private static final int IDS = 100;

    /** Per engine: what went wrong with the filter of each number, and last of all. */
    public static final class Failures {
        private final Map<Long, String> byId = new HashMap<>();
        private String last = "no error";
    }

    private CaptureFilterFunctions() {}

    private static @Nullable CaptureFilters filters(ScriptContext ctx) {
        EngineState state = ctx.service(EngineState.class);
        return state.isReadingLive() || state.isReadingTraces() ? ctx.service(CaptureFilters.class) : null;
    }

    /** Without a packet source every expression is taken. */
    @Bif(value = "Pcap::precompile_pcap_filter", type = "function(id: PcapFilterID, s: string): bool")
    public static boolean precompile(ScriptContext ctx, EnumValue id, Bytes expression) {
        if (id.number() >= IDS) {
            ctx.callError("PCAP filter ids must remain below " + IDS + " (is " + id.number() + ")", null);
            return false;
        }
        CaptureFilters filters = filters(ctx);
        Failures failures = ctx.service(Failures.class);
        try {
            if (filters != null) {
                filters.compile(id.number(), expression.utf8());
            }
            failures.byId.remove(id.number());
            return true;
        } catch (IOException e) {
            failures.last = String.valueOf(e.getMessage());
            failures.byId.put(id.number(), failures.last);
            return false;
        }
    }

    @Bif(value = "Pcap::install_pcap_filter", type = "function(id: PcapFilterID): bool")
    public static boolean install(ScriptContext ctx, EnumValue id) {
        CaptureFilters filters = filters(ctx);
        return filters == null || filters.install(id.number());
    }

    @Bif(value = "Pcap::error", type = "function(): string")
    public static Bytes error(ScriptContext ctx) {
        return Bytes.of(ctx.service(Failures.class).last);
    }

    @Bif(value = "Pcap::get_filter_state", type = "function(id: PcapFilterID): Pcap::filter_state")
    public static EnumValue state(ScriptContext ctx, EnumValue id) {
        boolean failed = ctx.service(Failures.class).byId.containsKey(id.number());
        EnumType states = Declared.type(ctx, "Pcap::filter_state", EnumType.class);
        return Objects.requireNonNull(states.byName(failed ? "Pcap::fatal" : "Pcap::ok"));
    }

    @Bif(value = "Pcap::get_filter_state_string", type = "function(id: PcapFilterID): string")
    public static Bytes stateText(ScriptContext ctx, EnumValue id) {
        String failure = ctx.service(Failures.class).byId.get(id.number());
        return Bytes.of(failure != null ? failure : filters(ctx) == null ? "<unknown>" : "");
    }
}
