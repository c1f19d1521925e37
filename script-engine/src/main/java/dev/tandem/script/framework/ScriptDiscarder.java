package dev.tandem.script.framework;

import dev.tandem.core.header.HeaderRecords;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.IpProtocol;
import dev.tandem.core.packet.IpSettings;
import dev.tandem.core.packet.TcpHeader;
import dev.tandem.core.record.RecordFactory;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FuncValue;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import org.jspecify.annotations.Nullable;

/** Asks the functions discarder_check_ip and its neighbours whether a packet is to be dropped (zeek {@code src/Discard.cc}). */
public final class ScriptDiscarder implements IpSettings.Discarder {
    private static final int UDP_HEADER = 8;
    /** Zeek goes by the size of the C structure. */
    private static final int ICMP_LEAST = 28;

    private final ScriptContext context;
    private final HeaderRecords headers;
    private final @Nullable FuncValue ip;
    private final @Nullable FuncValue tcp;
    private final @Nullable FuncValue udp;
    private final @Nullable FuncValue icmp;
    private final int most;

    private ScriptDiscarder(ScriptContext context, RecordFactory records) {
        this.context = context;
        headers = new HeaderRecords(records);
        ip = function("ip");
        tcp = function("tcp");
        udp = function("udp");
        icmp = function("icmp");
        most = context.global("discarder_maxlen") instanceof Long n ? (int) Math.min(n, 65_535) : 128;
    }

    /** Null when the scripts define none of the functions. */
    public static @Nullable ScriptDiscarder of(ScriptContext context, RecordFactory records) {
        ScriptDiscarder d = new ScriptDiscarder(context, records);
        return d.ip == null && d.tcp == null && d.udp == null && d.icmp == null ? null : d;
    }

    private @Nullable FuncValue function(String protocol) {
        return context.global("discarder_check_" + protocol) instanceof FuncValue f && !f.isEmpty() ? f : null;
    }

    @Override
    public boolean discards(DecodedPacket p) {
        if (ip != null && says(ip, headers.headers(p))) {
            return true;
        }
        int payload = p.ipTotalBytes - p.ipHeaderBytes;
        int at = p.ipAt + p.ipHeaderBytes;
        if (p.fragment || p.end - at < payload) {
            return false;
        }
        return switch (p.protocol) {
            case IpProtocol.TCP ->
                tcp != null
                        && payload >= TcpHeader.BYTES
                        && says(tcp, headers.headers(p), data(p, at, TcpHeader.headerBytes(p.data, at), payload));
            case IpProtocol.UDP ->
                udp != null && payload >= UDP_HEADER && says(udp, headers.headers(p), data(p, at, UDP_HEADER, payload));
            case IpProtocol.ICMP -> icmp != null && payload >= ICMP_LEAST && says(icmp, headers.headers(p));
            default -> false;
        };
    }

    private Bytes data(DecodedPacket p, int at, int header, int payload) {
        int bytes = Math.max(0, Math.min(payload - header, most));
        return Bytes.copyOf(p.data, at + header, at + header + bytes);
    }

    /** A function that fails keeps the packet. */
    private boolean says(FuncValue function, Object... args) {
        try {
            return Boolean.TRUE.equals(function.call(args));
        } catch (ScriptError e) {
            context.reporter().error(String.valueOf(e.getMessage()), e.position());
            return false;
        }
    }
}
