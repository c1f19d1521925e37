package dev.tandem.script.bif;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.TableValue;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The machine and the process: environment, commands, host name. */
public final class SystemFunctions {
    private SystemFunctions() {}

    private static ScriptEnvironment environment(ScriptContext ctx) {
        return ctx.service(ScriptEnvironment.class);
    }

    @Bif(value = "getenv", type = "function(var: string): string")
    public static Bytes getenv(ScriptContext ctx, Bytes name) {
        String value = environment(ctx).get(name.utf8());
        return value == null ? Bytes.EMPTY : Bytes.of(value);
    }

    @Bif(value = "setenv", type = "function(var: string, val: string): bool")
    public static boolean setenv(ScriptContext ctx, Bytes name, Bytes val) {
        return environment(ctx).set(name.utf8(), val.utf8());
    }

    @Bif(value = "system", type = "function(str: string): int")
    public static long system(ScriptContext ctx, Bytes str) {
        ctx.service(ScriptFiles.class).flushAll();
        return environment(ctx).run(str.utf8(), Map.of());
    }

    @Bif(value = "system_env", type = "function(str: string, env: table_string_of_string): int")
    public static long systemEnv(ScriptContext ctx, Bytes str, TableValue env) {
        Map<String, String> more = new HashMap<>();
        for (int e = env.nextEntry(-1); e >= 0; e = env.nextEntry(e)) {
            if (!(env.entryKey(e) instanceof Bytes key) || !(env.entryValue(e) instanceof Bytes value)) {
                ctx.callError("system_env() needs a table[string] of string", null);
                return -1;
            }
            more.put("ZEEK_ARG_" + key.utf8().toUpperCase(Locale.ROOT), value.utf8());
        }
        ctx.service(ScriptFiles.class).flushAll();
        return environment(ctx).run(str.utf8(), more);
    }

    @Bif(value = "piped_exec", type = "function(program: string, to_write: string): bool")
    public static boolean pipedExec(ScriptContext ctx, Bytes program, Bytes toWrite) {
        ctx.service(ScriptFiles.class).flushAll();
        boolean done = environment(ctx).pipe(program.utf8(), toWrite);
        if (!done) {
            ctx.reporter().error("Failed to write all given data to " + program.utf8(), null);
        }
        return done;
    }

    @Bif(value = "getpid", type = "function(): count")
    public static long getpid() {
        return ProcessHandle.current().pid();
    }

    @Bif(value = "gethostname", type = "function(): string")
    public static Bytes gethostname() {
        try {
            return Bytes.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return Bytes.of("<unknown>");
        }
    }

    @Bif(value = "is_local_interface", type = "function(ip: addr): bool")
    public static boolean isLocalInterface(Addr ip) {
        boolean loopback = ip.isV4() ? ip.v4Bits() >>> 24 == 127 : ip.high() == 0 && ip.low() == 1;
        if (loopback) {
            return true;
        }
        try {
            Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
            while (interfaces.hasMoreElements()) {
                Enumeration<InetAddress> addresses = interfaces.nextElement().getInetAddresses();
                while (addresses.hasMoreElements()) {
                    String text = addresses.nextElement().getHostAddress();
                    int zone = text.indexOf('%');
                    Addr own = Addr.parse(zone < 0 ? text : text.substring(0, zone));
                    if (own != null && own.equals(ip)) {
                        return true;
                    }
                }
            }
        } catch (SocketException e) {
            return false;
        }
        return false;
    }
}
