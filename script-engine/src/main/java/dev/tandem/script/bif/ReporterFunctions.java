package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.TableValue;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages and oddities that scripts report (Zeek {@code src/reporter.bif}). */
public final class ReporterFunctions {
    private ReporterFunctions() {}

    @Bif(value = "Reporter::info", type = "function(msg: string): bool")
    public static boolean info(ScriptContext ctx, Bytes msg) {
        ctx.reporter().info(msg.utf8(), ctx.callSite());
        return true;
    }

    @Bif(value = "Reporter::warning", type = "function(msg: string): bool")
    public static boolean warning(ScriptContext ctx, Bytes msg) {
        ctx.reporter().warning(msg.utf8(), ctx.callSite());
        return true;
    }

    @Bif(value = "Reporter::error", type = "function(msg: string): bool")
    public static boolean error(ScriptContext ctx, Bytes msg) {
        ctx.reporter().error(msg.utf8(), ctx.callSite());
        return true;
    }

    @Bif(value = "Reporter::fatal", type = "function(msg: string): bool")
    public static boolean fatal(ScriptContext ctx, Bytes msg) {
        ctx.reporter().error("fatal error: " + msg.utf8(), ctx.callSite());
        ctx.service(ScriptFiles.class).flushAll();
        ctx.service(EngineState.class).exit(1);
        return true;
    }

    @Bif(value = "Reporter::fatal_error_with_core", type = "function(msg: string): bool")
    public static boolean fatalErrorWithCore(ScriptContext ctx, Bytes msg) {
        return fatal(ctx, msg);
    }

    private static Bytes orEmpty(@Nullable Bytes b) {
        return b == null ? Bytes.EMPTY : b;
    }

    private static boolean permits(ScriptContext ctx, Bytes name, @Nullable Object who) {
        return ctx.service(WeirdSampling.class).permits(name.utf8(), who, ctx.networkTime());
    }

    private static void raise(ScriptContext ctx, String event, Object... args) {
        if (ctx.global(event) instanceof FuncValue f) {
            ctx.raise(f, args);
        }
    }

    @Bif(
            value = "Reporter::net_weird",
            type = "function(name: string, addl: string &default=\"\", source: string &default=\"\"): bool")
    public static boolean netWeird(ScriptContext ctx, Bytes name, @Nullable Bytes addl, @Nullable Bytes source) {
        if (permits(ctx, name, null)) {
            raise(ctx, "net_weird", name, orEmpty(addl), orEmpty(source));
        }
        return true;
    }

    @Bif(
            value = "Reporter::flow_weird",
            type = "function(name: string, orig: addr, resp: addr, addl: string &default=\"\","
                    + " source: string &default=\"\"): bool")
    public static boolean flowWeird(
            ScriptContext ctx, Bytes name, Addr orig, Addr resp, @Nullable Bytes addl, @Nullable Bytes source) {
        if (permits(ctx, name, Map.entry(orig, resp))) {
            raise(ctx, "flow_weird", name, orig, resp, orEmpty(addl), orEmpty(source));
        }
        return true;
    }

    @Bif(
            value = "Reporter::conn_weird",
            type = "function(name: string, c: connection, addl: string &default=\"\","
                    + " source: string &default=\"\"): bool")
    public static boolean connWeird(
            ScriptContext ctx, Bytes name, RecordValue c, @Nullable Bytes addl, @Nullable Bytes source) {
        int uid = c.layout().slot("uid");
        Object who = uid < 0 ? null : c.get(uid);
        if (permits(ctx, name, Objects.requireNonNullElse(who, c))) {
            RecordValue id = (RecordValue) c.get(0);
            if (id == null || who == null || ConnectionFunctions.isLive(ctx, id, (Bytes) who)) {
                raise(ctx, "conn_weird", name, c, orEmpty(addl), orEmpty(source));
            } else {
                raise(ctx, "expired_conn_weird", name, id, who, orEmpty(addl), orEmpty(source));
            }
        }
        return true;
    }

    @Bif(
            value = "Reporter::file_weird",
            type = "function(name: string, f: fa_file, addl: string &default=\"\","
                    + " source: string &default=\"\"): bool")
    public static boolean fileWeird(
            ScriptContext ctx, Bytes name, RecordValue f, @Nullable Bytes addl, @Nullable Bytes source) {
        if (permits(ctx, name, Objects.requireNonNullElse(f.get(0), f))) {
            raise(ctx, "file_weird", name, f, orEmpty(addl), orEmpty(source));
        }
        return true;
    }

    private static TableValue names(Set<String> names) {
        TableValue set = new TableValue(BifTypes.STRING_SET);
        names.stream().sorted().forEach(n -> set.add(Bytes.of(n)));
        return set;
    }

    private static boolean replace(Set<String> names, TableValue by) {
        names.clear();
        for (int e = by.nextEntry(-1); e >= 0; e = by.nextEntry(e)) {
            names.add(String.valueOf(by.entryKey(e)));
        }
        return true;
    }

    private static WeirdSampling sampling(ScriptContext ctx) {
        return ctx.service(WeirdSampling.class);
    }

    @Bif(value = "Reporter::get_weird_sampling_whitelist", type = "function(): string_set")
    public static TableValue getWeirdSamplingWhitelist(ScriptContext ctx) {
        return names(sampling(ctx).always());
    }

    @Bif(
            value = "Reporter::set_weird_sampling_whitelist",
            type = "function(weird_sampling_whitelist: string_set): bool")
    public static boolean setWeirdSamplingWhitelist(ScriptContext ctx, TableValue list) {
        return replace(sampling(ctx).always(), list);
    }

    @Bif(value = "Reporter::get_weird_sampling_global_list", type = "function(): string_set")
    public static TableValue getWeirdSamplingGlobalList(ScriptContext ctx) {
        return names(sampling(ctx).global());
    }

    @Bif(
            value = "Reporter::set_weird_sampling_global_list",
            type = "function(weird_sampling_global_list: string_set): bool")
    public static boolean setWeirdSamplingGlobalList(ScriptContext ctx, TableValue list) {
        return replace(sampling(ctx).global(), list);
    }

    @Bif(value = "Reporter::get_weird_sampling_threshold", type = "function(): count")
    public static long getWeirdSamplingThreshold(ScriptContext ctx) {
        return sampling(ctx).threshold();
    }

    @Bif(value = "Reporter::set_weird_sampling_threshold", type = "function(weird_sampling_threshold: count): bool")
    public static boolean setWeirdSamplingThreshold(ScriptContext ctx, long threshold) {
        sampling(ctx).threshold(threshold);
        return true;
    }

    @Bif(value = "Reporter::get_weird_sampling_rate", type = "function(): count")
    public static long getWeirdSamplingRate(ScriptContext ctx) {
        return sampling(ctx).rate();
    }

    @Bif(value = "Reporter::set_weird_sampling_rate", type = "function(weird_sampling_rate: count): bool")
    public static boolean setWeirdSamplingRate(ScriptContext ctx, long rate) {
        sampling(ctx).rate(rate);
        return true;
    }

    @Bif(value = "Reporter::get_weird_sampling_duration", type = "function(): interval")
    public static double getWeirdSamplingDuration(ScriptContext ctx) {
        return sampling(ctx).seconds();
    }

    @Bif(value = "Reporter::set_weird_sampling_duration", type = "function(weird_sampling_duration: interval): bool")
    public static boolean setWeirdSamplingDuration(ScriptContext ctx, double seconds) {
        sampling(ctx).seconds(seconds);
        return true;
    }
}
