package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.ScriptError;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFunctionsTest {
    private final RecordingContext ctx = new RecordingContext();

    private static Addr a(String s) {
        Addr addr = Addr.parse(s);
        if (addr == null) {
            throw new AssertionError(s);
        }
        return addr;
    }

    private String print(String function, Object... args) {
        return Describe.print(ctx.call(function, args), Types.ANY).latin1();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.77", "2001:db8::beef:1", "::1"})
    void addressesSurviveCountsAndPtrNames(String text) {
        assertEquals(text, print("counts_to_addr", ctx.call("addr_to_counts", a(text))));
        assertEquals(text, print("ptr_name_to_addr", ctx.call("addr_to_ptr_name", a(text))));
    }

    @Test
    void ptrNamesReadBackwards() {
        assertEquals("77.2.0.192.in-addr.arpa", ctx.text("addr_to_ptr_name", a("192.0.2.77")));
        assertEquals(
                "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
                ctx.text("addr_to_ptr_name", a("2001:db8::1")));
        assertEquals("0.0.0.0", print("ptr_name_to_addr", Bytes.of("example.org")));
        assertEquals(1, ctx.messages.size());
    }

    @Test
    void countsMustBeOneOrFour() {
        VectorValue v = new VectorValue(BifTypes.INDEX_VEC);
        v.add(1L);
        v.add(2L);
        assertEquals("::", print("counts_to_addr", v));
        assertEquals("error: invalid vector size ([1, 2])", ctx.messages.get(0));
    }

    @Test
    void masks() {
        assertEquals("192.168.0.0/16", print("mask_addr", a("192.168.3.4"), 16L));
        assertEquals("2001:db8::/32", print("mask_addr", a("2001:db8:1::1"), 32L));
        assertEquals("1.2.7.8", print("remask_addr", a("1.2.3.4"), a("5.6.7.8"), 112L));
        assertThrows(ScriptError.class, () -> ctx.call("mask_addr", a("1.2.3.4"), 33L));
    }

    @Test
    void versionsAndWidths() {
        assertEquals(true, ctx.call("is_v4_addr", a("1.2.3.4")));
        assertEquals(true, ctx.call("is_v6_addr", a("::1")));
        Object subnet = ctx.call("addr_to_subnet", a("1.2.3.4"));
        assertEquals("1.2.3.4/32", print("addr_to_subnet", a("1.2.3.4")));
        assertEquals(32L, ctx.call("subnet_width", subnet));
        assertEquals(true, ctx.call("is_v4_subnet", subnet));
        assertEquals("1.2.3.4", print("subnet_to_addr", subnet));
    }

    @Test
    void rawBytesBecomeAddresses() {
        assertEquals("65.66.67.68", print("raw_bytes_to_v4_addr", Bytes.of("ABCD")));
        assertEquals("0.0.0.0", print("raw_bytes_to_v4_addr", Bytes.of("ABC")));
        assertEquals(
                "4142:4344:4546:4748:494a:4b4c:4d4e:4f50", print("raw_bytes_to_v6_addr", Bytes.of("ABCDEFGHIJKLMNOP")));
        assertEquals("1.2.3.4", print("count_to_v4_addr", 0x01020304L));
        assertEquals("0.0.0.0", print("count_to_v4_addr", 0x1_0000_0000L));
        assertEquals(2, ctx.messages.size());
    }

    @Test
    void routingDataHoldsAddressesBehindFourBytes() {
        Bytes data = Bytes.latin1("\0\0\0\0" + "ABCDEFGHIJKLMNOP".repeat(2));
        assertEquals(2, ((VectorValue) ctx.call("routing0_data_to_addrs", data)).size());
        assertEquals("[]", print("routing0_data_to_addrs", Bytes.latin1("\0\0\0\0short")));
        assertEquals("warning: Bad ip6_routing data length: 9", ctx.messages.get(0));
    }

    @Test
    void portsKnowTheirProtocol() {
        EnumType proto = new EnumType();
        for (String name : new String[] {"unknown_transport", "tcp", "udp", "icmp"}) {
            proto.add(name, null);
        }
        ctx.types.put("transport_proto", proto);
        Port port = Port.of(53, Port.Proto.UDP);
        assertEquals("udp", print("get_port_transport_proto", port));
        assertEquals("53/udp", print("count_to_port", 53L, proto.byName("udp")));
        assertEquals(53L, ctx.call("port_to_count", port));
        assertEquals(true, ctx.call("is_udp_port", port));
        assertEquals(false, ctx.call("is_tcp_port", port));
        assertEquals("0/udp", print("count_to_port", 70000L, proto.byName("udp")));
        assertEquals("warning: bad port number 70000", ctx.messages.get(0));
    }
}
