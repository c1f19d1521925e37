package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ExecutionLimits;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.VectorValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the engine runs, and its end. */
public final class EngineFunctions {
    private EngineFunctions() {}

    private static EngineState state(ScriptContext ctx) {
        return ctx.service(EngineState.class);
    }

    @Bif(value = "exit", type = "function(code: int): any")
    public static @Nullable Object exit(ScriptContext ctx, long code) {
        ctx.service(ScriptFiles.class).flushAll();
        state(ctx).exit((int) code);
        return null;
    }

    @Bif(value = "terminate", type = "function(): bool")
    public static boolean terminate(ScriptContext ctx) {
        if (ctx.isTerminating()) {
            return false;
        }
        ctx.terminate();
        return true;
    }

    @Bif(value = "zeek_is_terminating", type = "function(): bool")
    public static boolean zeekIsTerminating(ScriptContext ctx) {
        return ctx.isTerminating();
    }

    @Bif(value = "bro_is_terminating", type = "function(): bool")
    public static boolean broIsTerminating(ScriptContext ctx) {
        return ctx.isTerminating();
    }

    @Bif(value = "zeek_version", type = "function(): string")
    public static Bytes zeekVersion(ScriptContext ctx) {
        return Bytes.of(state(ctx).version());
    }

    @Bif(value = "bro_version", type = "function(): string")
    public static Bytes broVersion(ScriptContext ctx) {
        return zeekVersion(ctx);
    }

    @Bif(value = "zeek_args", type = "function(): string_vec")
    public static VectorValue zeekArgs(ScriptContext ctx) {
        List<Bytes> args = state(ctx).arguments().stream().map(Bytes::of).toList();
        return BifTypes.strings(args);
    }

    @Bif(value = "bare_mode", type = "function(): bool")
    public static boolean bareMode(ScriptContext ctx) {
        return state(ctx).isBare();
    }

    @Bif(value = "reading_live_traffic", type = "function(): bool")
    public static boolean readingLiveTraffic(ScriptContext ctx) {
        return state(ctx).isReadingLive();
    }

    @Bif(value = "reading_traces", type = "function(): bool")
    public static boolean readingTraces(ScriptContext ctx) {
        return state(ctx).isReadingTraces();
    }

    @Bif(value = "set_network_time", type = "function(nt: time): bool")
    public static boolean setNetworkTime(ScriptContext ctx, double nt) {
        state(ctx).networkTime(nt);
        return true;
    }

    @Bif(value = "is_remote_event", type = "function(): bool")
    public static boolean isRemoteEvent(ScriptContext ctx) {
        return ctx.events().isRunningRemote();
    }

    @Bif(value = "suspend_processing", type = "function(): any")
    public static @Nullable Object suspendProcessing(ScriptContext ctx) {
        state(ctx).suspend();
        return null;
    }

    @Bif(value = "continue_processing", type = "function(): any")
    public static @Nullable Object continueProcessing(ScriptContext ctx) {
        state(ctx).resume();
        return null;
    }

    @Bif(value = "is_processing_suspended", type = "function(): bool")
    public static boolean isProcessingSuspended(ScriptContext ctx) {
        return state(ctx).isSuspended();
    }

    @Bif(value = "set_max_recursion_depth", type = "function(c: count)")
    public static void setMaxRecursionDepth(ScriptContext ctx, long c) {
        ctx.service(ExecutionLimits.class).depth(c);
    }

    @Bif(value = "get_max_recursion_depth", type = "function(): count")
    public static long getMaxRecursionDepth(ScriptContext ctx) {
        return ctx.service(ExecutionLimits.class).depth();
    }

    @Bif(value = "have_spicy", type = "function(): bool", pure = true)
    public static boolean haveSpicy() {
        return false;
    }

    @Bif(value = "have_spicy_analyzers", type = "function(): bool", pure = true)
    public static boolean haveSpicyAnalyzers() {
        return false;
    }
}
