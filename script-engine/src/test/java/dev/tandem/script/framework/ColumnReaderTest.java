package dev.tandem.script.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.core.value.Subnet;
import dev.tandem.script.types.EnumType;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Type;
import dev.tandem.script.types.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ColumnReaderTest {
    private static @Nullable Object read(String text, Type type) {
        return ColumnReader.read(Bytes.of(text), type);
    }

    @Test
    void numbersAreDecimalOrHexadecimalAfterAMark() {
        assertEquals(-1L, read("-1", Types.INT));
        assertEquals(4294967295L, read("4294967295", Types.INT));
        assertEquals(-1L, read("18446744073709551615", Types.COUNT));
        assertEquals(31L, read("0x1f", Types.INT));
        assertEquals(3L, read("3.0", Types.INT));
        assertNull(read("1f", Types.INT));
        assertNull(read("3.5", Types.INT));
        assertEquals(1.5, read("1.5", Types.TIME));
    }

    @Test
    void addressesLoseTheirZoneAndMayBeWrittenInFull() {
        assertEquals(Addr.parse("fe80::1"), read("fe80::1%eth0", Types.ADDR));
        assertEquals(Addr.parse("fd00:10:10::11"), read("fd00:0010:0010:0000:0000:0000:0000:0011", Types.ADDR));
        assertEquals(Addr.parse("10.1.2.3"), read("::ffff:10.1.2.3", Types.ADDR));
        assertNull(read("localhost", Types.ADDR));
        assertEquals(Subnet.parse("10.0.0.0/8"), read("10.0.0.0/8", Types.SUBNET));
    }

    @Test
    void portsKnowTheirProtocolWhenItIsWritten() {
        assertEquals(Port.of(80, Port.Proto.TCP), read("80/tcp", Types.PORT));
        assertEquals(Port.of(80, Port.Proto.UNKNOWN), read("80", Types.PORT));
        assertNull(read("70000", Types.PORT));
    }

    @Test
    void enumsAreReadByFullName() {
        EnumType kinds = new EnumType();
        kinds.add("osquery::ADD", null);
        assertEquals(kinds.byName("osquery::ADD"), read("osquery::ADD", kinds));
        assertNull(read("osquery::NONE", kinds));
        assertNull(ColumnReader.missing(kinds));
    }

    @Test
    void missingValuesAreWhatOsqueryShowsForUnknown() {
        assertEquals(-1L, ColumnReader.missing(Types.INT));
        assertEquals(0L, ColumnReader.missing(Types.COUNT));
        assertEquals(Addr.V4_ZERO, ColumnReader.missing(Types.ADDR));
        assertEquals(Bytes.EMPTY, ColumnReader.missing(Types.STRING));
        assertEquals("0.0.0.0/0", String.valueOf(ColumnReader.missing(Types.SUBNET)));
    }

    @Test
    void aggregatesCannotTakeAColumn() {
        assertTrue(ColumnReader.canRead(Types.PORT));
        assertEquals(false, ColumnReader.canRead(new RecordType(List.of())));
    }
}
