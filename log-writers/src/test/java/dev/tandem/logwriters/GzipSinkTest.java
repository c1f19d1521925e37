package dev.tandem.logwriters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GzipSinkTest {
    private static final class Memory implements LogSink {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean full;

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            if (full) {
                throw new IOException("full");
            }
            out.write(bytes, 0, length);
        }

        @Override
        public void close() {}
    }

    private final Memory memory = new Memory();
    private final GzipSink gzip = new GzipSink(memory, 6);

    private byte[] unzipped() throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(memory.out.toByteArray()))) {
            return in.readAllBytes();
        }
    }

    @Test
    void bytesThatDoNotCompressPassToo() throws IOException {
        byte[] noise = new byte[1_000_000];
        new SplittableRandom(5).nextBytes(noise);
        gzip.write(noise, noise.length);
        gzip.close();
        assertArrayEquals(noise, unzipped());
    }

    @Test
    void aFailedWriteTriedAgainIsWrittenOnce() throws IOException {
        gzip.write("a".getBytes(StandardCharsets.UTF_8), 1);
        memory.full = true;
        byte[] b = "b".getBytes(StandardCharsets.UTF_8);
        assertThrows(IOException.class, () -> gzip.write(b, 1));
        assertThrows(IOException.class, () -> gzip.write(b, 1));
        memory.full = false;
        gzip.write(b, 1);
        gzip.close();
        assertEquals("ab", new String(unzipped(), StandardCharsets.UTF_8));
    }

    @Test
    void whatWasWrittenCanBeReadBeforeTheEnd() throws IOException {
        gzip.write("now".getBytes(StandardCharsets.UTF_8), 3);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(memory.out.toByteArray()))) {
            assertEquals("now", new String(in.readNBytes(3), StandardCharsets.UTF_8));
        }
        gzip.close();
    }
}
