package dev.tandem.capture;

import dev.tandem.core.packet.PacketBatch;
import org.jspecify.annotations.Nullable;

/** Reads one file format. The packets stay in the input's buffer; the batch says where. */
sealed interface TraceReader permits PcapReader, PcapngReader {
    /** Most bytes of one packet; larger is damage. libpcap's MAXIMUM_SNAPLEN. */
    int MAX_CAPTURED = 262_144;

    /** As {@link dev.tandem.core.packet.PacketSource#fill}. */
    int fill(PacketBatch batch) throws CaptureException;

    /** Link type of the next packets; 0 before a pcapng file's first packet. */
    int linkType();

    /** That the file is cut short, in words; null if it is not, or not yet known. */
    @Nullable
    String complaint();

    /** Length on the wire as an int; nothing real is longer than that. */
    static int wireLength(long original) {
        return (int) Math.min(original, Integer.MAX_VALUE);
    }
}
