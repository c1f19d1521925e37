package dev.tandem.logwriters;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses on the way to another sink (RFC 1952). Every write ends on a byte boundary of the compressed stream, so that
 * what was written can be read while the file grows, and after a crash.
 */
final class GzipSink implements LogSink {
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final LogSink sink;
    private final Deflater deflater;
    private final CRC32 checksum = new CRC32();
    private byte[] compressed = new byte[LogChunk.SIZE];
    private int length;
    private boolean again;

    GzipSink(LogSink sink, int level) {
        this.sink = sink;
        deflater = new Deflater(level, true);
        System.arraycopy(HEADER, 0, compressed, 0, HEADER.length);
        length = HEADER.length;
    }

    @Override
    public void write(byte[] bytes, int count) throws IOException {
        if (!again) {
            checksum.update(bytes, 0, count);
            deflater.setInput(bytes, 0, count);
            deflate(Deflater.SYNC_FLUSH);
        }
        again = true;
        sink.write(compressed, length);
        again = false;
        length = 0;
    }

    private void deflate(int mode) {
        while (true) {
            if (length == compressed.length) {
                compressed = Arrays.copyOf(compressed, 2 * length);
            }
            length += deflater.deflate(compressed, length, compressed.length - length, mode);
            if (length < compressed.length) {
                return; // room was left, so nothing more is to come
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (!again) {
                finish();
            }
        } finally {
            deflater.end();
            sink.close();
        }
    }

    private void finish() throws IOException {
        long size = deflater.getBytesRead();
        deflater.finish();
        deflate(Deflater.NO_FLUSH);
        compressed = Arrays.copyOf(compressed, length + 8);
        littleEndian(checksum.getValue());
        littleEndian(size);
        sink.write(compressed, length);
    }

    private void littleEndian(long value) {
        for (int shift = 0; shift < 32; shift += 8) {
            compressed[length++] = (byte) (value >>> shift);
        }
    }
}
