package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.script.runtime.Describe;
import dev.tandem.script.runtime.Records;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Types;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolFunctionsTest {
    private final RecordingContext ctx = new RecordingContext();

    @BeforeEach
    void declareTypes() {
        ctx.types.put(
                "ftp_port",
                new RecordType(List.of(
                        new RecordField("h", Types.ADDR, Attributes.NONE),
                        new RecordField("p", Types.PORT, Attributes.NONE),
                        new RecordField("valid", Types.BOOL, Attributes.NONE))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "parse_ftp_port;10,1,2,3,4,5;[h=10.1.2.3, p=1029/tcp, valid=T]",
                "parse_ftp_port;10,1,2,3,4,256;[h=0.0.0.0, p=0/tcp, valid=F]",
                "parse_ftp_port;10,1,2,3,4;[h=0.0.0.0, p=0/tcp, valid=F]",
                "parse_ftp_pasv;227 Passive (10,1,2,3,0,21).;[h=10.1.2.3, p=21/tcp, valid=T]",
                "parse_ftp_pasv;227 Passive 10,1,2,3,0,21;[h=10.1.2.3, p=21/tcp, valid=T]",
                "parse_ftp_pasv;PORT 10,1,2,3,0,21;[h=10.1.2.3, p=21/tcp, valid=T]",
                "parse_ftp_pasv;nothing;[h=0.0.0.0, p=0/tcp, valid=F]",
                "parse_eftp_port;|1|10.1.2.3|99|;[h=10.1.2.3, p=99/tcp, valid=T]",
                "parse_eftp_port;!2!2001:db8::7!99!;[h=2001:db8::7, p=99/tcp, valid=T]",
                "parse_eftp_port;|1|10.1.2.300|99|;[h=::, p=99/tcp, valid=F]",
                "parse_eftp_port;|1|10.1.2.3|70000|;[h=10.1.2.3, p=0/tcp, valid=F]",
                "parse_eftp_port;|1|10.1.2.3|99;[h=10.1.2.3, p=99/tcp, valid=F]",
                "parse_eftp_port;'';[h=::, p=0/tcp, valid=F]",
                "parse_ftp_epsv;229 Extended (|||4321|);[h=::, p=4321/tcp, valid=T]"
            })
    void ftpPortsAreRead(String function, String text, String expected) {
        assertEquals(
                expected,
                Describe.print(ctx.call(function, Bytes.of(text)), Types.ANY).latin1());
    }

    @Test
    void ftpPortsAreWrittenForIpv4Only() {
        assertEquals("10,0,0,1,4,5", ctx.text("fmt_ftp_port", Addr.v4(0x0a000001), Port.of(1029, Port.Proto.TCP)));
        assertEquals("", ctx.text("fmt_ftp_port", Addr.V6_ZERO, Port.of(1, Port.Proto.TCP)));
        assertEquals(List.of("error: conversion of non-IPv4 address in fmt_ftp_port (::)"), ctx.messages);
    }

    @ParameterizedTest
    @CsvSource({
        "EIEFEMEMEPCACACACACACACACACACACA, HELLO, 32",
        "eiefememepcacacacacacacacacacabm, HELLO, 28",
        "CACACACACACACACACACACACACACACAAA, '', 0",
        "EIEF, '', 256",
        "QQEFEMEMEPCACACACACACACACACACACA, '', 256"
    })
    void netbiosNamesAreDecoded(String encoded, String name, long type) {
        assertEquals(name, ctx.text("decode_netbios_name", Bytes.of(encoded)));
        assertEquals(type, ctx.call("decode_netbios_name_type", Bytes.of(encoded)));
    }

    @ParameterizedTest
    @CsvSource({
        "/a%20b%2fc, /a b/c",
        "%%41x, Ax",
        "100%, 100%",
        "100%4, 100%4",
        "%zz1, %zz1",
        "%u0041%u2603, 'A&\u0003'",
        "plain, plain"
    })
    void urisAreUnescaped(String uri, String expected) {
        assertEquals(expected, ctx.text("unescape_URI", Bytes.latin1(uri)));
    }

    private static final RecordType CONN_ID = new RecordType(List.of(
            new RecordField("orig_h", Types.ADDR, Attributes.NONE),
            new RecordField("orig_p", Types.PORT, Attributes.NONE),
            new RecordField("resp_h", Types.ADDR, Attributes.NONE),
            new RecordField("resp_p", Types.PORT, Attributes.NONE)));

    private static RecordValue connId(Object... values) {
        RecordValue r = Records.bare(CONN_ID);
        for (int i = 0; i < values.length; i++) {
            r.set(i, values[i]);
        }
        return r;
    }

    /** The first example of the Community ID specification. */
    @Test
    void communityIdsMatchThoseOfOtherToolsInBothDirections() {
        Object a = Addr.parse("128.232.110.120");
        Object b = Addr.parse("66.35.250.204");
        Port p = Port.of(34855, Port.Proto.TCP);
        Port q = Port.of(80, Port.Proto.TCP);
        String expected = "1:LQU9qZlK+B5F3KDmev6m5PMibrg=";
        assertEquals(expected, ctx.text("community_id_v1", connId(a, p, b, q), null, null));
        assertEquals(expected, ctx.text("community_id_v1", connId(b, q, a, p), null, null));
        assertEquals(
                42, ctx.text("community_id_v1", connId(a, p, b, q), 1L, false).length());
    }

    @Test
    void communityIdsNeedAProtocol() {
        Port none = Port.of(0, Port.Proto.UNKNOWN);
        assertEquals("", ctx.text("community_id_v1", connId(Addr.V4_ZERO, none, Addr.V4_ZERO, none), null, null));
        assertEquals(1, ctx.messages.size());
    }
}
