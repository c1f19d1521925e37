package dev.tandem.capture;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stream whose first bytes have been looked at already. It always claims to have more: by this GZIPInputStream decides
 * whether to look for another member, and a pipe has nothing ready at just the wrong moment.
 */
final class PrefixedStream extends InputStream {
    private final byte[] first;
    private final InputStream rest;
    private int used;

    PrefixedStream(byte[] first, InputStream rest) {
        this.first = first;
        this.rest = rest;
    }

    @Override
    public int read() throws IOException {
        return used < first.length ? first[used++] & 0xff : rest.read();
    }

    @Override
    public int read(byte[] into, int at, int most) throws IOException {
        if (used == first.length || most == 0) {
            return rest.read(into, at, most);
        }
        int got = Math.min(most, first.length - used);
        System.arraycopy(first, used, into, at, got);
        used += got;
        return got;
    }

    @Override
    public int available() {
        return 1;
    }

    @Override
    public void close() throws IOException {
        rest.close();
    }
}
