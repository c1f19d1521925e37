package dev.tandem.script.bif;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.LaterResults;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.TableValue;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Names of addresses and addresses of names. Those that do not wait belong to {@code when} conditions, where the result comes
 * from another thread. ZEEK_DNS_FAKE in the environment keeps them from asking anybody (zeek {@code src/DNS_Mgr.cc}).
 */
public final class NameLookupFunctions {
    private NameLookupFunctions() {}

    private static boolean isOff() {
        return System.getenv("ZEEK_DNS_FAKE") != null;
    }

    /** The addresses of a host; 0.0.0.0 alone when it has none. */
    @Bif(value = "blocking_lookup_hostname", type = "function(host: string): addr_set")
    public static TableValue blockingLookupHostname(Bytes host) {
        TableValue found = new TableValue(BifTypes.ADDR_SET);
        addresses(host).forEach(found::add);
        return found;
    }

    @Bif(value = "lookup_addr", type = "function(host: addr): string")
    public static Bytes lookupAddr(ScriptContext ctx, Addr host) {
        Object name = later(ctx, "lookup_addr", () -> name(host));
        return name instanceof Bytes b ? b : Bytes.of("<error>");
    }

    @Bif(value = "lookup_hostname", type = "function(host: string): addr_set")
    public static TableValue lookupHostname(ScriptContext ctx, Bytes host) {
        TableValue found = new TableValue(BifTypes.ADDR_SET);
        if (later(ctx, "lookup_hostname", () -> addresses(host)) instanceof List<?> all) {
            all.forEach(found::add);
        }
        return found;
    }

    /** What a look-up gives; null outside a condition, which is told. */
    private static @Nullable Object later(ScriptContext ctx, String function, Supplier<Object> lookUp) {
        LaterResults.Result call = ctx.service(LaterResults.class).of(function);
        if (call == null) {
            ctx.callError(function + "() can only be called inside a when-condition", null);
            return null;
        }
        Object known = call.value();
        if (known != null) {
            return known;
        }
        if (!call.isAwaited()) {
            call.awaitFrom(
                    isOff() ? CompletableFuture.completedFuture(lookUp.get()) : CompletableFuture.supplyAsync(lookUp));
        }
        throw call.awaited();
    }

    private static Bytes name(Addr host) {
        if (isOff()) {
            return Bytes.of("fake_addr_lookup_result_" + host);
        }
        try {
            byte[] raw = host.toBytes();
            String name = InetAddress.getByAddress(raw).getHostName();
            return Bytes.of(name.equals(host.toString()) ? "<???>" : name);
        } catch (UnknownHostException e) {
            return Bytes.of("<???>");
        }
    }

    private static List<Addr> addresses(Bytes host) {
        List<Addr> found = new ArrayList<>();
        try {
            for (InetAddress a : isOff() ? new InetAddress[0] : InetAddress.getAllByName(host.utf8())) {
                byte[] b = a.getAddress();
                Bytes raw = Bytes.wrap(b);
                found.add(
                        b.length == 4
                                ? Addr.v4((int) AddressFunctions.bigEndian(raw, 0, 4))
                                : Addr.v6(
                                        AddressFunctions.bigEndian(raw, 0, 8), AddressFunctions.bigEndian(raw, 8, 16)));
            }
        } catch (UnknownHostException e) {
            return List.of(Addr.V4_ZERO);
        }
        return found.isEmpty() ? List.of(Addr.V4_ZERO) : found;
    }
}
