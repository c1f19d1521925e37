package dev.tandem.hostprotocol.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {
    @TempDir
    Path folder;

    @Test
    void linesLoseTheirEndsAndTheFileItsMark() throws IOException {
        assertEquals(List.of("a", "", "b", "c"), lines("\ufeffa\n\nb\r\nc".getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of("a"), lines("a\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of(), lines(new byte[0]));
    }

    @Test
    void lineMayCrossBuffersAndBytesThatAreNoTextAreReplaced() throws IOException {
        String text = "x".repeat(100_000);
        assertEquals(List.of(text, "y"), lines((text + "\ny").getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of("a\ufffdb"), lines(new byte[] {'a', (byte) 0xff, 'b'}));
    }

    @Test
    void gzippedFileReadsAsThePlainOne() throws IOException {
        assertEquals(List.of("a", "b"), lines(gzipped("a\nb\n")));
    }

    @Test
    void overlongLineIsCutAndTheNextOneIsWhole() throws IOException {
        byte[] bytes = new byte[LineReader.LONGEST + 200_000];
        Arrays.fill(bytes, (byte) 'x');
        bytes[bytes.length - 2] = '\n';
        Path file = Files.write(folder.resolve("long"), bytes);
        try (LineReader reader = new LineReader(file)) {
            reader.next();
            assertTrue(reader.wasTooLong());
            assertEquals("x", reader.next());
            assertFalse(reader.wasTooLong());
            assertEquals(file + ":2: ", reader.where());
            assertNull(reader.next());
        }
    }

    @Test
    void errorsNameTheFile() throws IOException {
        Path missing = folder.resolve("missing");
        assertEquals(
                missing + ": No such file or directory",
                assertThrows(IOException.class, () -> new LineReader(missing)).getMessage());
        assertTrue(String.valueOf(
                        assertThrows(IOException.class, () -> lines(folder)).getMessage())
                .startsWith(folder + ": cannot be read"));
        byte[] whole = gzipped("some text that is long enough to be cut\n");
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        IOException cut = assertThrows(IOException.class, () -> lines(half));
        assertTrue(String.valueOf(cut.getMessage()).startsWith(folder.resolve("file") + ": cannot be read"));
    }

    private List<String> lines(byte[] content) throws IOException {
        return lines(Files.write(folder.resolve("file"), content));
    }

    private static List<String> lines(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LineReader reader = new LineReader(file)) {
            for (String line = reader.next(); line != null; line = reader.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static byte[] gzipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
