package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.record.SlotRecord;
import dev.tandem.core.value.Bytes;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Types;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketDumpsTest {
    private static final RecordType PACKET =
            new RecordType(Stream.of("ts_sec", "ts_usec", "caplen", "len", "data", "link_type")
                    .map(n -> new RecordField(n, Types.ANY, Attributes.NONE))
                    .toList());

    private static RecordValue packet(String data) {
        RecordValue r = new SlotRecord(PACKET);
        List<Object> values = List.of(1L, 2L, (long) data.length(), 60L, Bytes.latin1(data));
        for (int slot = 0; slot < values.size(); slot++) {
            r.set(slot, values.get(slot));
        }
        return r;
    }

    @Test
    void aTraceHasOneHeaderAndGrows(@TempDir Path directory) throws IOException {
        Bytes name = Bytes.latin1("a.pcap");
        for (String data : List.of("x", "yz")) {
            // A run of its own each time.
            new PacketDumps()
                    .write(new ScriptFiles(OutputStream.nullOutputStream(), directory), name, packet(data), 9216);
        }
        byte[] expected = HexFormat.of()
                .parseHex("d4c3b2a1" + "02000400" + "00000000" + "00000000" + "00240000" + "65000000"
                        + "01000000" + "02000000" + "01000000" + "3c000000" + "78"
                        + "01000000" + "02000000" + "02000000" + "3c000000" + "797a");
        byte[] written = Files.readAllBytes(directory.resolve("a.pcap"));
        assertEquals(expected.length, written.length);
        assertArrayEquals(expected, written);
    }
}
