package dev.tandem.core.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tandem.core.connection.Connection;
import dev.tandem.core.connection.Shard;
import dev.tandem.core.packet.PacketBuilder;
import dev.tandem.core.packet.TcpHeader;
import dev.tandem.core.record.PlainRecords;
import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which files are watched for silence, and how often. */
class FileTableTest implements FileContext {
    private static final double TIMEOUT = 120;

    private final Shard shard = new Shard();
    private final FileTable files = new FileTable(
            shard.registry, shard.queue, new PlainRecords(), shard.time, new FileAnalyzers(shard.registry), this);
    private final List<String> timedOut = new ArrayList<>();
    private final FileOrigin origin;
    private String handle = "a";

    FileTableTest() {
        files.options().timeout = TIMEOUT;
        shard.registry.event("get_file_handle").handler((type, arguments) -> files.handle(Bytes.of(handle)));
        shard.registry
                .event("file_timeout")
                .handler((type, arguments) -> timedOut.add(String.valueOf(((RecordValue) arguments[0]).get(0))));
        shard.send(PacketBuilder.tcp("10.0.0.1", 1, "10.0.0.2", 80)
                .flags(TcpHeader.SYN)
                .build());
        shard.run();
        List<Connection> found = new ArrayList<>();
        shard.tracker.table().forEach(found::add);
        origin = new FileOrigin("HTTP", "Analyzer::ANALYZER_HTTP", found.getFirst(), true);
    }

    private String data(String known) {
        return files.data(origin, new byte[] {1, 2, 3}, 0, 3, known);
    }

    private int advance(double seconds) {
        shard.time.advanceTo(shard.time.now() + seconds);
        return files.runUntil(shard.time.now(), 1000);
    }

    @Test
    void nothingIsWatchedOnceAllFilesHaveEnded() {
        for (int i = 0; i < 100; i++) {
            handle = "file " + i;
            files.end(data(""));
        }
        assertEquals(100, files.total());
        assertEquals(0, files.current());
        assertEquals(Double.POSITIVE_INFINITY, files.nextDue());
    }

    @Test
    void aFileMayComeOverNoConnection() {
        Bytes source = Bytes.of("sample");
        String id = files.data(source, new byte[] {1, 2}, 0, 2, "");
        assertEquals(id, files.data(source, new byte[] {3}, 0, 1, id));
        RecordValue record = Objects.requireNonNull(files.find(id)).record();
        assertEquals(source, record.get(2));
        assertNull(record.get(4), "connections");
        assertEquals(3L, record.get(6), "bytes seen");
        files.ignore(id);
        assertEquals("", files.data(source, new byte[] {4}, 0, 1, id));
        files.end(id);
        assertEquals(0, files.current());
    }

    @Test
    void aFileOfTheSameIdIsWatchedOnce() {
        for (int i = 0; i < 10; i++) {
            files.end(data(""));
            advance(1);
        }
        String id = data("");
        assertEquals(0, advance(TIMEOUT - 1), "of those that have ended nothing is left");
        data(id);
        assertEquals(1, advance(1));
        assertNotNull(files.find(id));
        data(id);
        assertEquals(0, advance(TIMEOUT - 1));
    }

    @Test
    void aSilentFileTimesOut() {
        String id = data("");
        advance(TIMEOUT);
        assertEquals(List.of(id), timedOut);
        assertNull(files.find(id));
        assertEquals(Double.POSITIVE_INFINITY, files.nextDue());
    }

    @Test
    void aScriptLetsASilentFileGoOn() {
        String id = data("");
        shard.registry.event("file_timeout").handler((type, arguments) -> files.timeout(id, 10));
        advance(TIMEOUT);
        assertNotNull(files.find(id));
        assertEquals(shard.time.now() + 10, files.nextDue());
    }

    @Override
    public RecordValue metadata(Bytes begin) {
        return new PlainRecords().record("fa_metadata");
    }

    @Override
    public boolean sameArguments(RecordValue a, RecordValue b) {
        return true;
    }
}
