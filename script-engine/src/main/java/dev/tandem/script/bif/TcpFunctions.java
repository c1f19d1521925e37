package dev.tandem.script.bif;

import dev.tandem.core.connection.ConnectionTracker;
import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.IpProtocol;
import dev.tandem.core.packet.TcpHeader;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.VectorValue;
import dev.tandem.script.types.VectorType;
import org.jspecify.annotations.Nullable;

/** The TCP header of the packet being processed. */
public final class TcpFunctions {
    private static final int END_OF_OPTIONS = 0;
    private static final int NO_OPERATION = 1;

    private TcpFunctions() {}

    /** The options of the header (RFC 9293, 3.1) as they stand there; none where there is no TCP header. */
    @Bif(value = "TCP::raw_options", type = "function(stop_at_eol: bool &default=T): TCP::RawOptionList")
    public static VectorValue rawOptions(ScriptContext ctx, @Nullable Boolean stopAtEol) {
        VectorValue options = new VectorValue(Declared.type(ctx, "TCP::RawOptionList", VectorType.class));
        DecodedPacket p = ctx.service(ConnectionTracker.class).currentPacket();
        if (p == null || p.protocol != IpProtocol.TCP) {
            return options;
        }
        int header = p.ipAt + p.ipHeaderBytes;
        if (p.end - header < TcpHeader.BYTES) {
            return options;
        }
        int end = header + TcpHeader.headerBytes(p.data, header);
        int at = header + TcpHeader.BYTES;
        while (at < end && end <= p.end) {
            int kind = p.data[at] & 0xff;
            boolean single = kind == END_OF_OPTIONS || kind == NO_OPERATION;
            int length = single ? 1 : at + 1 < end ? p.data[at + 1] & 0xff : 0;
            if (length == 0 || length > end - at) {
                break; // damaged
            }
            RecordValue option = Declared.record(ctx, "TCP::RawOption");
            option.set(0, (long) kind);
            option.set(1, length > 2 ? Bytes.copyOf(p.data, at + 2, at + length) : Bytes.EMPTY);
            options.add(option);
            at += length;
            if (kind == END_OF_OPTIONS && !Boolean.FALSE.equals(stopAtEol)) {
                break;
            }
        }
        return options;
    }
}
