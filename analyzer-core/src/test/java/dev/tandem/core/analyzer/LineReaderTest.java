package dev.tandem.core.analyzer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.connection.StreamMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lines that come in pieces take, and what becomes of them without room. */
class LineReaderTest implements LineReader.Sink {
    private final List<String> said = new ArrayList<>();

    @Override
    public void line(byte[] data, int from, int to) {
        said.add(new String(data, from, to - from, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void plain(byte[] data, int from, int to) {}

    @Override
    public void oddLine(String weird) {
        said.add("weird " + weird);
    }

    private static void feed(LineReader reader, String text) {
        reader.data(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length());
    }

    @Test
    void aLineIsCutWhenThereIsNoRoomForMore() {
        StreamMemory memory = new StreamMemory(1000);
        LineReader greedy = new LineReader(this, memory);
        LineReader modest = new LineReader(this, memory);
        feed(modest, "beg");
        feed(greedy, "a".repeat(600));
        feed(greedy, "b".repeat(600));
        assertEquals(List.of("weird stream_memory_exceeded", "a".repeat(600) + "b".repeat(600)), said);
        assertTrue(memory.bytes() < 100, memory.bytes() + " bytes");
        said.clear();
        feed(modest, "in\r\n");
        feed(greedy, "rest\r\n");
        assertEquals(List.of("begin", "rest"), said);
    }

    @Test
    void aLargeBufferIsNotKept() {
        StreamMemory memory = new StreamMemory(0);
        LineReader reader = new LineReader(this, memory);
        feed(reader, "a".repeat(100_000));
        assertTrue(memory.bytes() >= 100_000);
        feed(reader, "\r\n");
        assertEquals(0, memory.bytes());
        feed(reader, "short");
        reader.close();
        assertEquals(0, memory.bytes());
    }
}
