package dev.tandem.script.bif;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.runtime.AddressText;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.CNumber;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.Types;
import org.jspecify.annotations.Nullable;

/** Values of one type made from values of another. */
public final class ConversionFunctions {
    private ConversionFunctions() {}

    @Bif(value = "to_count", type = "function(str: string, base: count &default=10): count")
    public static long toCount(ScriptContext ctx, Bytes str, @Nullable Long base) {
        Long n = CNumber.unsigned(str, base == null ? 10 : base);
        return n != null ? n : refused(ctx, "bad conversion to count", str);
    }

    @Bif(value = "to_int", type = "function(str: string, base: count &default=10): int")
    public static long toInt(ScriptContext ctx, Bytes str, @Nullable Long base) {
        Long n = CNumber.signed(str, base == null ? 10 : base);
        return n != null ? n : refused(ctx, "bad conversion to integer", str);
    }

    @Bif(value = "to_double", type = "function(str: string): double")
    public static double toDouble(ScriptContext ctx, Bytes str) {
        Double d = CNumber.floating(str);
        return d != null ? d : refused(ctx, "bad conversion to double", str);
    }

    private static long refused(ScriptContext ctx, String message, Object culprit) {
        ctx.callError(message, culprit);
        return 0;
    }

    @Bif(value = "int_to_count", type = "function(n: int): count")
    public static long intToCount(ScriptContext ctx, long n) {
        return n >= 0 ? n : refused(ctx, "bad conversion to count", new AnyValue(Types.INT, n));
    }

    @Bif(value = "double_to_int", type = "function(d: double): int", pure = true)
    public static long doubleToInt(double d) {
        return (long) Math.rint(d);
    }

    @Bif(value = "double_to_count", type = "function(d: double): count")
    public static long doubleToCount(ScriptContext ctx, double d) {
        return d >= 0 ? (long) Math.rint(d) : refused(ctx, "bad conversion to count", new AnyValue(Types.DOUBLE, d));
    }

    @Bif(value = "count_to_double", type = "function(c: count): double", pure = true)
    public static double countToDouble(long c) {
        double half = (double) (c >>> 1);
        return c >= 0 ? c : half * 2 + (c & 1);
    }

    @Bif(value = "int_to_double", type = "function(i: int): double", pure = true)
    public static double intToDouble(long i) {
        return i;
    }

    @Bif(value = "interval_to_double", type = "function(i: interval): double", pure = true)
    public static double intervalToDouble(double i) {
        return i;
    }

    @Bif(value = "time_to_double", type = "function(t: time): double", pure = true)
    public static double timeToDouble(double t) {
        return t;
    }

    @Bif(value = "double_to_time", type = "function(d: double): time", pure = true)
    public static double doubleToTime(double d) {
        return d;
    }

    @Bif(value = "double_to_interval", type = "function(d: double): interval", pure = true)
    public static double doubleToInterval(double d) {
        return d;
    }

    @Bif(value = "enum_to_int", type = "function(e: any): int")
    public static long enumToInt(ScriptContext ctx, Object e) {
        if (e instanceof EnumValue v) {
            return v.number();
        }
        ctx.callError("enum_to_int() requires enum value", null);
        return -1;
    }

    @Bif(value = "to_addr", type = "function(ip: string): addr")
    public static Addr toAddr(ScriptContext ctx, Bytes ip) {
        Addr addr = AddressText.addr(ip.latin1());
        if (addr == null) {
            ctx.callError("failed converting string to IP address", ip);
            return Addr.V6_ZERO;
        }
        return addr;
    }

    @Bif(value = "to_subnet", type = "function(sn: string): subnet")
    public static Subnet toSubnet(ScriptContext ctx, Bytes sn) {
        Subnet subnet = AddressText.subnet(sn.latin1());
        if (subnet == null) {
            ctx.callError("failed converting string to IP prefix", sn);
            return new Subnet(Addr.V6_ZERO, 0);
        }
        return subnet;
    }

    @Bif(value = "is_valid_ip", type = "function(ip: string): bool", pure = true)
    public static boolean isValidIp(Bytes ip) {
        return AddressText.addr(ip.latin1()) != null;
    }

    @Bif(value = "is_valid_subnet", type = "function(cidr: string): bool", pure = true)
    public static boolean isValidSubnet(Bytes cidr) {
        return AddressText.subnet(cidr.latin1()) != null;
    }

    @Bif(value = "to_port", type = "function(s: string): port")
    public static Port toPort(ScriptContext ctx, Bytes s) {
        Port port = AddressText.port(s, false);
        if (port == null) {
            ctx.callError("wrong port format, must be /[0-9]{1,5}\\/(tcp|udp|icmp)/", null);
            return Port.of(0, Port.Proto.UNKNOWN);
        }
        return port;
    }

    @Bif(value = "port_to_count", type = "function(p: port): count", pure = true)
    public static long portToCount(Port p) {
        return p.number();
    }

    @Bif(value = "count_to_port", type = "function(num: count, proto: transport_proto): port")
    public static Port countToPort(ScriptContext ctx, long num, EnumValue proto) {
        Port.Proto[] protos = Port.Proto.values();
        int kind = proto.number() >= 0 && proto.number() < protos.length ? (int) proto.number() : 0;
        if (num < 0 || num > 65535) {
            ctx.reporter().warning("bad port number " + (int) num, null);
            return Port.of(0, protos[kind]);
        }
        return Port.of((int) num, protos[kind]);
    }
}
