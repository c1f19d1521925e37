package dev.tandem.script.bif;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.EnumValue;
import org.jspecify.annotations.Nullable;

/** Replacing addresses. Which method serves which class of addresses is told by global variables. */
public final class AnonymizeFunctions {
    private static final String[] METHOD_OF_CLASS = {
        "orig_addr_anonymization", "resp_addr_anonymization", "other_addr_anonymization"
    };

    private AnonymizeFunctions() {}

    @Bif(value = "preserve_prefix", type = "function(a: addr, width: count): any")
    public static @Nullable Object preservePrefix(ScriptContext ctx, Addr a, long width) {
        if (!a.isV4()) {
            ctx.callError("preserve_prefix() not supported for IPv6 addresses", null);
        } else if (width >= 0 && width <= 32) {
            ctx.service(Anonymizer.class).preserve(a, (int) width);
        }
        return null;
    }

    @Bif(value = "preserve_subnet", type = "function(a: subnet): any")
    public static @Nullable Object preserveSubnet(ScriptContext ctx, Subnet a) {
        if (!a.isV4()) {
            ctx.callError("preserve_subnet() not supported for IPv6 addresses", null);
        } else {
            ctx.service(Anonymizer.class).preserve(a.prefix(), a.width());
        }
        return null;
    }

    @Bif(value = "anonymize_addr", type = "function(a: addr, cl: IPAddrAnonymizationClass): addr")
    public static @Nullable Addr anonymizeAddr(ScriptContext ctx, Addr a, EnumValue cl) {
        if (cl.number() < 0 || cl.number() >= METHOD_OF_CLASS.length) {
            ctx.callError("anonymize_addr(): invalid ip addr anonymization class", null);
            return null;
        }
        if (!a.isV4()) {
            ctx.callError("anonymize_addr() not supported for IPv6 addresses", null);
            return null;
        }
        Object method = ctx.global(METHOD_OF_CLASS[(int) cl.number()]);
        return method instanceof EnumValue e ? ctx.service(Anonymizer.class).replace(e.name(), a) : a;
    }
}
