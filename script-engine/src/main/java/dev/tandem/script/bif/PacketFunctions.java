package dev.tandem.script.bif;

import dev.tandem.core.connection.ConnectionTracker;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.PacketSource;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.tunnel.GeneveOptions;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.VectorType;
import java.io.IOException;

/** The packet being processed, for handlers of the events that it raised. */
public final class PacketFunctions {
    private static final long NETMASK_UNKNOWN = 0xffff_ffffL;
    private static final long NO_SESSION = 0xffff_ffffL;

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

    /** Adds the packet to a trace. Returns false, with a message, when the file cannot be written. */
    @Bif(value = "dump_current_packet", type = "function(file_name: string): bool")
    public static boolean dumpCurrentPacket(ScriptContext ctx, Bytes fileName) {
        ConnectionTracker tracker = ctx.service(ConnectionTracker.class);
        DecodedPacket p = tracker.currentPacket();
        return p != null && dump(ctx, tracker.headerRecords().captured(p), fileName);
    }

    /** As {@code dump_current_packet}, of a packet that was kept. */
    @Bif(value = "dump_packet", type = "function(pkt: pcap_packet, file_name: string): bool")
    public static boolean dumpPacket(ScriptContext ctx, RecordValue pkt, Bytes fileName) {
        return dump(ctx, pkt, fileName);
    }

    private static boolean dump(ScriptContext ctx, RecordValue packet, Bytes fileName) {
        try {
            ctx.service(PacketDumps.class)
                    .write(ctx.service(ScriptFiles.class), fileName, packet, (long) ctx.number("Pcap::snaplen", 9216));
            return true;
        } catch (IOException e) {
            ctx.callError("cannot write the trace " + fileName + ": " + e.getMessage(), null);
            return false;
        }
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

    /** A number that is no session's when the packet did not come by PPPoE. */
    @Bif(value = "PacketAnalyzer::PPPoE::session_id", type = "function(): count")
    public static long pppoeSessionId(ScriptContext ctx) {
        DecodedPacket p = ctx.service(ConnectionTracker.class).currentPacket();
        return p == null || p.pppoeSession < 0 ? NO_SESSION : p.pppoeSession;
    }

    @Bif(value = "PacketAnalyzer::Geneve::get_options", type = "function(): geneve_options_vec_vec")
    public static VectorValue geneveOptions(ScriptContext ctx) {
        GeneveOptions options = ctx.service(ConnectionTracker.class).geneveOptions();
        VectorValue all = new VectorValue(Declared.type(ctx, "geneve_options_vec_vec", VectorType.class));
        for (int layer = 0; layer < options.layers(); layer++) {
            VectorValue ofLayer = new VectorValue(Declared.type(ctx, "geneve_options_vec", VectorType.class));
            for (GeneveOptions.Option option : options.of(layer)) {
                RecordValue r = Declared.record(ctx, "PacketAnalyzer::Geneve::Option");
                r.set(0, (long) option.optionClass());
                r.set(1, option.critical());
                r.set(2, (long) option.type());
                r.set(3, option.data());
                ofLayer.add(r);
            }
            all.add(ofLayer);
        }
        return all;
    }
}
