package dev.tandem.script.bif;

import dev.tandem.core.connection.ConnectionTracker;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.PacketSource;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ScriptContext;

/** The packet being processed, for handlers of the events that it raised. */
public final class PacketFunctions {
    private static final long NETMASK_UNKNOWN = 0xffff_ffffL;

    private PacketFunctions() {}

    @Bif(value = "get_current_packet", type = "function(): pcap_packet")
    public static RecordValue getCurrentPacket(ScriptContext ctx) {
        ConnectionTracker tracker = ctx.service(ConnectionTracker.class);
        DecodedPacket p = tracker.currentPacket();
        return p == null
                ? tracker.headerRecords().nothingCaptured()
                : tracker.headerRecords().captured(p);
    }

    @Bif(value = "get_current_packet_header", type = "function(): raw_pkt_hdr")
    public static RecordValue getCurrentPacketHeader(ScriptContext ctx) {
        ConnectionTracker tracker = ctx.service(ConnectionTracker.class);
        DecodedPacket p = tracker.currentPacket();
        return p == null
                ? tracker.headerRecords().noRawHeaders()
                : tracker.headerRecords().rawHeaders(p);
    }

    @Bif(value = "packet_source", type = "function(): PacketSource")
    public static RecordValue packetSource(ScriptContext ctx) {
        RecordValue r = Declared.record(ctx, "PacketSource");
        PacketSource source = ctx.service(EngineState.class).packetSource();
        if (source != null) {
            r.set(0, source.live());
            r.set(1, Bytes.of(source.name()));
            r.set(2, (long) source.linkType());
            r.set(3, NETMASK_UNKNOWN);
        }
        return r;
    }

    /** Time stamp of the packet as captured; 0 when there is none. */
    @Bif(value = "get_current_packet_ts", type = "function(): time")
    public static double getCurrentPacketTs(ScriptContext ctx) {
        return ctx.service(ConnectionTracker.class).time().packetTime();
    }
}
