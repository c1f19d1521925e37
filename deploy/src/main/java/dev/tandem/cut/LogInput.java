package dev.tandem.cut;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** A log as it is or compressed, which its first bytes tell (RFC 1952, RFC 8878). */
final class LogInput {
    private static final int BUFFER = 64 * 1024;
    private static final int GZIP = 0x8b1f;
    private static final int ZSTD = 0xfd2fb528;

    private LogInput() {}

    static InputStream decompressed(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
        buffered.mark(4);
        byte[] magic = buffered.readNBytes(4);
        buffered.reset();
        int number = 0;
        for (int i = magic.length - 1; i >= 0; i--) {
            number = number << 8 | magic[i] & 0xff;
        }
        if ((number & 0xffff) == GZIP) {
            return new BufferedInputStream(new GZIPInputStream(buffered, BUFFER), BUFFER);
        }
        return number == ZSTD ? new BufferedInputStream(new ZstdInputStream(buffered), BUFFER) : buffered;
    }
}
