package dev.tandem.script.bif;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.runtime.FileValue;
import dev.tandem.script.types.EnumValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/**
 * The traces that scripts write packet by packet, by name: in the format of libpcap, with microseconds. A file that was there
 * before the run is added to. Each packet is written out at once. Engine thread.
 */
public final class PacketDumps {
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;
    private static final int ETHERNET = 1;
    private static final int RAW_IP = 101;

    private final Map<Bytes, FileValue> traces = new HashMap<>();

    /**
     * Writes a {@code pcap_packet}.
     *
     * @param snapshot how much of a packet is captured at most, for the header of a new file
     * @throws IOException when the file cannot be opened
     */
    void write(ScriptFiles files, Bytes name, RecordValue packet, long snapshot) throws IOException {
        FileValue trace = traces.get(name);
        if (trace == null || !trace.isOpen()) {
            boolean isNew = !Files.exists(files.path(name)) || Files.size(files.path(name)) == 0;
            trace = files.open(name, true);
            traces.put(name, trace);
            if (isNew) {
                trace.write(header(isEthernet(packet) ? ETHERNET : RAW_IP, snapshot));
            }
        }
        Bytes data = packet.get(4) instanceof Bytes b ? b : Bytes.EMPTY;
        byte[] written = new byte[PACKET_HEADER + data.length()];
        ByteBuffer out = littleEndian(written);
        for (int field = 0; field < 4; field++) {
            out.putInt(packet.get(field) instanceof Long n ? n.intValue() : 0);
        }
        out.put(data.array());
        trace.write(Bytes.wrap(written));
        trace.flush();
    }

    private static boolean isEthernet(RecordValue packet) {
        return packet.get(5) instanceof EnumValue link && link.name().equals("LINK_ETHERNET");
    }

    private static Bytes header(int linkType, long snapshot) {
        byte[] written = new byte[FILE_HEADER];
        ByteBuffer out = littleEndian(written);
        out.putInt(MAGIC).putShort((short) 2).putShort((short) 4);
        out.putInt(0).putInt(0).putInt((int) snapshot).putInt(linkType);
        return Bytes.wrap(written);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
