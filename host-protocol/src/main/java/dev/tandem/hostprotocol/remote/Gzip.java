package dev.tandem.hostprotocol.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Compressed bodies, within bounds: a few bytes can stand for any number. */
final class Gzip {
    private Gzip() {}

    /** The text is longer than it may be. */
    static final class TooLong extends IOException {
        TooLong(int most) {
            super("unpacked, the body is longer than " + most + " bytes");
        }
    }

    /** @throws IOException when it is not gzip, or {@link TooLong} */
    static byte[] unpack(byte[] packed, int most) throws IOException {
        byte[] text = new byte[(int) Math.min(most, Math.max(1024L, 6L * packed.length))];
        int length = 0;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), 8192)) {
            while (true) {
                int more = in.read(text, length, text.length - length);
                if (more < 0) {
                    return Arrays.copyOf(text, length);
                }
                length += more;
                if (length == text.length) {
                    if (length >= most) {
                        throw new TooLong(most);
                    }
                    text = Arrays.copyOf(text, (int) Math.min(most, 2L * length));
                }
            }
        }
    }

    /** The first bytes of a text, as far as they can be had. */
    static byte[] start(byte[] packed) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readNBytes(4096);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
