package dev.tandem.logwriters;

import dev.tandem.core.log.LogField;
import dev.tandem.core.log.LogRow;
import dev.tandem.core.log.LogType;
import dev.tandem.core.log.LogWriter;
import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import java.util.List;

/** Rows like those of a log of connections: columns, types and lengths. */
final class ConnectionRows {
    static final List<LogField> FIELDS = List.of(
            Logs.field("ts", LogType.TIME),
            Logs.field("uid", LogType.STRING),
            Logs.field("id.orig_h", LogType.ADDR),
            Logs.field("id.orig_p", LogType.PORT),
            Logs.field("id.resp_h", LogType.ADDR),
            Logs.field("id.resp_p", LogType.PORT),
            Logs.field("proto", LogType.ENUM),
            Logs.field("service", LogType.STRING),
            Logs.field("duration", LogType.INTERVAL),
            Logs.field("orig_bytes", LogType.COUNT),
            Logs.field("resp_bytes", LogType.COUNT),
            Logs.field("conn_state", LogType.STRING),
            Logs.field("local_orig", LogType.BOOL),
            Logs.field("local_resp", LogType.BOOL),
            Logs.field("missed_bytes", LogType.COUNT),
            Logs.field("history", LogType.STRING),
            Logs.field("orig_pkts", LogType.COUNT),
            Logs.field("orig_ip_bytes", LogType.COUNT),
            Logs.field("resp_pkts", LogType.COUNT),
            Logs.field("resp_ip_bytes", LogType.COUNT),
            Logs.set("tunnel_parents", LogType.STRING));

    private static final Bytes UID = Bytes.of("CHhAvVGS1DHFjwGM9");
    private static final Bytes PROTO = Bytes.of("tcp");
    private static final Bytes SERVICE = Bytes.of("http");
    private static final Bytes STATE = Bytes.of("SF");
    private static final Bytes HISTORY = Bytes.of("ShADadFf");
    private static final Addr ORIGINATOR = Addr.v4(0x0a00_0105);
    private static final Addr RESPONDER = Addr.v6(0x2001_0db8_0000_0000L, 0x1234_5678L);
    private static final Port FROM = Port.of(49152, Port.Proto.TCP);
    private static final Port TO = Port.of(80, Port.Proto.TCP);

    private ConnectionRows() {}

    static void write(LogWriter writer, int rows) {
        for (int i = 0; i < rows; i++) {
            LogRow row = writer.beginRow();
            row.time(1_527_512_345.123457 + i * 0.001);
            row.string(UID);
            row.addr(ORIGINATOR);
            row.port(FROM);
            row.addr((i & 3) == 0 ? RESPONDER : ORIGINATOR);
            row.port(TO);
            row.enumName(PROTO);
            row.string(SERVICE);
            row.interval(0.012345 * (i & 1023));
            row.count(517 + (i & 255));
            row.count(1_048_576 + i);
            row.string(STATE);
            row.bool(true);
            row.bool(false);
            row.count(0);
            row.string(HISTORY);
            row.count(12);
            row.count(1_153);
            row.count(801);
            row.count(1_090_632);
            row.beginContainer(0);
            row.endContainer();
            writer.endRow();
        }
    }
}
