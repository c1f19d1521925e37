package dev.tandem.script.bif;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.runtime.AddressText;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.runtime.Ascii;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.EnumValue;
import dev.tandem.script.types.Types;

/** Addresses, subnets and ports. */
public final class AddressFunctions {
    private AddressFunctions() {}

    @Bif(value = "is_v4_addr", type = "function(a: addr): bool", pure = true)
    public static boolean isV4Addr(Addr a) {
        return a.isV4();
    }

    @Bif(value = "is_v6_addr", type = "function(a: addr): bool", pure = true)
    public static boolean isV6Addr(Addr a) {
        return !a.isV4();
    }

    @Bif(value = "is_v4_subnet", type = "function(s: subnet): bool", pure = true)
    public static boolean isV4Subnet(Subnet s) {
        return s.prefix().isV4();
    }

    @Bif(value = "is_v6_subnet", type = "function(s: subnet): bool", pure = true)
    public static boolean isV6Subnet(Subnet s) {
        return !s.prefix().isV4();
    }

    @Bif(value = "addr_to_subnet", type = "function(a: addr): subnet", pure = true)
    public static Subnet addrToSubnet(Addr a) {
        return new Subnet(a, 128);
    }

    @Bif(value = "subnet_to_addr", type = "function(sn: subnet): addr", pure = true)
    public static Addr subnetToAddr(Subnet sn) {
        return sn.prefix();
    }

    @Bif(value = "subnet_width", type = "function(sn: subnet): count", pure = true)
    public static long subnetWidth(Subnet sn) {
        return sn.width();
    }

    @Bif(value = "mask_addr", type = "function(a: addr, top_bits_to_keep: count): subnet", pure = true)
    public static Subnet maskAddr(Addr a, long topBitsToKeep) {
        Subnet s = topBitsToKeep < 0 || topBitsToKeep > 128 ? null : Subnet.of(a, (int) topBitsToKeep);
        if (s == null) {
            throw new ScriptError("bad prefix length " + Long.toUnsignedString(topBitsToKeep) + " for " + a);
        }
        return s;
    }

    @Bif(value = "remask_addr", type = "function(a1: addr, a2: addr, top_bits_from_a1: count): addr", pure = true)
    public static Addr remaskAddr(Addr a1, Addr a2, long topBitsFromA1) {
        int bits = topBitsFromA1 < 0 || topBitsFromA1 > 128 ? 128 : (int) topBitsFromA1;
        Addr top = a1.mask(bits);
        Addr cut = a2.mask(bits);
        return Addr.v6(top.high() | a2.high() & ~cut.high(), top.low() | a2.low() & ~cut.low());
    }

    @Bif(value = "addr_to_counts", type = "function(a: addr): index_vec", pure = true)
    public static VectorValue addrToCounts(Addr a) {
        VectorValue v = new VectorValue(BifTypes.INDEX_VEC);
        if (!a.isV4()) {
            v.add(a.high() >>> 32);
            v.add(a.high() & 0xffff_ffffL);
            v.add(a.low() >>> 32);
        }
        v.add(a.low() & 0xffff_ffffL);
        return v;
    }

    @Bif(value = "counts_to_addr", type = "function(v: index_vec): addr")
    public static Addr countsToAddr(ScriptContext ctx, VectorValue v) {
        if (v.size() == 1) {
            return Addr.v4((int) word(v, 0));
        }
        if (v.size() == 4) {
            return Addr.v6(word(v, 0) << 32 | word(v, 1), word(v, 2) << 32 | word(v, 3));
        }
        ctx.callError("invalid vector size", v);
        return Addr.V6_ZERO;
    }

    private static long word(VectorValue v, int i) {
        return v.get(i) instanceof Long n ? n & 0xffff_ffffL : 0;
    }

    @Bif(value = "count_to_v4_addr", type = "function(ip: count): addr")
    public static Addr countToV4Addr(ScriptContext ctx, long ip) {
        if (Long.compareUnsigned(ip, 0xffff_ffffL) > 0) {
            ctx.callError("conversion of non-IPv4 count to addr", new AnyValue(Types.COUNT, ip));
            return Addr.V4_ZERO;
        }
        return Addr.v4((int) ip);
    }

    @Bif(value = "raw_bytes_to_v4_addr", type = "function(b: string): addr")
    public static Addr rawBytesToV4Addr(ScriptContext ctx, Bytes b) {
        if (b.length() < 4) {
            ctx.callError("too short a string as input to raw_bytes_to_v4_addr()", null);
            return Addr.V4_ZERO;
        }
        return Addr.v4((int) bigEndian(b, 0, 4));
    }

    @Bif(value = "raw_bytes_to_v6_addr", type = "function(x: string): addr")
    public static Addr rawBytesToV6Addr(ScriptContext ctx, Bytes x) {
        if (x.length() < 16) {
            ctx.callError("too short a string as input to raw_bytes_to_v6_addr()", null);
            return Addr.V6_ZERO;
        }
        return Addr.v6(bigEndian(x, 0, 8), bigEndian(x, 8, 16));
    }

    static long bigEndian(Bytes b, int from, int to) {
        long n = 0;
        for (int i = from; i < to; i++) {
            n = n << 8 | b.at(i);
        }
        return n;
    }

    @Bif(value = "routing0_data_to_addrs", type = "function(s: string): addr_vec")
    public static VectorValue routing0DataToAddrs(ScriptContext ctx, Bytes s) {
        VectorValue v = new VectorValue(BifTypes.ADDR_VEC);
        // Four reserved bytes come before the addresses (RFC 2460, 4.4).
        if ((s.length() - 4) % 16 != 0) {
            ctx.reporter().warning("Bad ip6_routing data length: " + s.length(), null);
        }
        for (int at = 4; at + 16 <= s.length(); at += 16) {
            v.add(Addr.v6(bigEndian(s, at, at + 8), bigEndian(s, at + 8, at + 16)));
        }
        return v;
    }

    @Bif(value = "addr_to_ptr_name", type = "function(a: addr): string", pure = true)
    public static Bytes addrToPtrName(Addr a) {
        if (a.isV4()) {
            int b = a.v4Bits();
            return Bytes.of(
                    (b & 0xff) + "." + (b >>> 8 & 0xff) + "." + (b >>> 16 & 0xff) + "." + (b >>> 24) + ".in-addr.arpa");
        }
        StringBuilder name = new StringBuilder(72);
        byte[] bytes = a.toBytes();
        for (int i = 15; i >= 0; i--) {
            name.append(Character.forDigit(bytes[i] & 15, 16)).append('.');
            name.append(Character.forDigit(bytes[i] >> 4 & 15, 16)).append('.');
        }
        return Bytes.of(name + "ip6.arpa");
    }

    @Bif(value = "ptr_name_to_addr", type = "function(s: string): addr")
    public static Addr ptrNameToAddr(ScriptContext ctx, Bytes s) {
        String[] labels = s.latin1().split("\\.", -1);
        Addr addr = s.length() == 72 ? ptrV6(labels) : ptrV4(labels);
        if (addr == null) {
            ctx.callError("bad PTR name", s);
            return s.length() == 72 ? Addr.V6_ZERO : Addr.V4_ZERO;
        }
        return addr;
    }

    private static @org.jspecify.annotations.Nullable Addr ptrV4(String[] labels) {
        if (labels.length != 6 || !labels[4].equals("in-addr") || !labels[5].equals("arpa")) {
            return null;
        }
        return AddressText.addr(labels[3] + "." + labels[2] + "." + labels[1] + "." + labels[0]);
    }

    private static @org.jspecify.annotations.Nullable Addr ptrV6(String[] labels) {
        if (labels.length != 34 || !labels[32].equals("ip6") || !labels[33].equals("arpa")) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int i = 31; i >= 0; i--) {
            int digit = labels[i].length() == 1 ? Ascii.hexDigit(labels[i].charAt(0)) : -1;
            if (digit < 0) {
                return null;
            }
            if (i >= 16) {
                high = high << 4 | digit;
            } else {
                low = low << 4 | digit;
            }
        }
        return Addr.v6(high, low);
    }

    @Bif(value = "is_tcp_port", type = "function(p: port): bool", pure = true)
    public static boolean isTcpPort(Port p) {
        return p.proto() == Port.Proto.TCP;
    }

    @Bif(value = "is_udp_port", type = "function(p: port): bool", pure = true)
    public static boolean isUdpPort(Port p) {
        return p.proto() == Port.Proto.UDP;
    }

    @Bif(value = "is_icmp_port", type = "function(p: port): bool", pure = true)
    public static boolean isIcmpPort(Port p) {
        return p.proto() == Port.Proto.ICMP;
    }

    @Bif(value = "get_port_transport_proto", type = "function(p: port): transport_proto", pure = true)
    public static EnumValue getPortTransportProto(ScriptContext ctx, Port p) {
        if (ctx.type("transport_proto") instanceof EnumType t) {
            EnumValue v = t.byNumber(p.proto().ordinal());
            if (v != null) {
                return v;
            }
        }
        throw new ScriptError("type transport_proto is not declared");
    }

    private static final double EARTH_RADIUS_MILES = 3958.8;

    @Bif(
            value = "haversine_distance",
            type = "function(lat1: double, long1: double, lat2: double, long2: double): double",
            pure = true)
    public static double haversineDistance(double lat1, double long1, double lat2, double long2) {
        double s1 = Math.sin((lat2 - lat1) * Math.PI / 360);
        double s2 = Math.sin((long2 - long1) * Math.PI / 360);
        double a = s1 * s1 + Math.cos(lat1 * Math.PI / 180) * Math.cos(lat2 * Math.PI / 180) * s2 * s2;
        return 2 * EARTH_RADIUS_MILES * Math.asin(Math.sqrt(a));
    }
}
