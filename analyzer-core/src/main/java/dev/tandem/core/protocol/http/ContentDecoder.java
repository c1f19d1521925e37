package dev.tandem.core.protocol.http;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Undoes gzip or deflate of a body that comes in pieces (RFC 1950 to 1952). Deflate is taken with and without the wrapper of
 * zlib: servers send both. Holds native memory until {@link #close()}.
 */
final class ContentDecoder implements AutoCloseable {
    private static final int GZIP_HEADER = 10;
    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    /** Gets what is decoded. */
    interface Sink {
        void decoded(byte[] data, int from, int to);
    }

    private final Sink sink;
    private final byte[] begin = new byte[GZIP_HEADER];
    private final byte[] out = new byte[4096];
    private int seen;
    private @Nullable Inflater inflater;
    private boolean over;

    // Of the gzip header: parts that are still to be stepped over.
    private boolean inHeader;
    private int flags;
    private int skip;
    private int extraBytes;

    ContentDecoder(Sink sink) {
        this.sink = sink;
    }

    /** Returns false when it cannot be decoded, the first time that turns out; what comes later is dropped. */
    boolean data(byte[] data, int from, int to) {
        try {
            int at = from;
            while (at < to && !over && inflater == null) {
                at = begin(data, at);
            }
            if (at < to) {
                inflate(data, at, to);
            }
            return true;
        } catch (DataFormatException e) {
            close();
            return false;
        }
    }

    private void inflate(byte[] data, int from, int to) throws DataFormatException {
        Inflater i = inflater;
        if (i == null) {
            return;
        }
        i.setInput(data, from, to - from);
        while (!i.finished()) {
            int n = i.inflate(out);
            if (n > 0) {
                sink.decoded(out, 0, n);
            } else if (i.needsInput() || i.needsDictionary()) {
                break;
            }
        }
        if (i.finished() || i.needsDictionary()) {
            close();
        }
    }

    /** Takes one byte of what comes before the compressed data. */
    private int begin(byte[] data, int at) throws DataFormatException {
        int c = data[at] & 0xff;
        if (inHeader) {
            header(c);
            return at + 1;
        }
        begin[seen++] = (byte) c;
        if (seen < 2) {
            return at + 1;
        }
        int first = begin[0] & 0xff;
        if (first == 0x1f && (begin[1] & 0xff) == 0x8b) {
            if (seen == GZIP_HEADER) {
                flags = begin[3];
                inHeader = true;
                skip = 0;
                nextPart();
            }
            return at + 1;
        }
        boolean wrapped = (first & 0xf) == 8 && (first << 8 | begin[1] & 0xff) % 31 == 0;
        start(!wrapped);
        inflate(begin, 0, 2);
        return at + 1;
    }

    private void start(boolean raw) {
        inflater = new Inflater(raw);
    }

    /** Goes to the next part of the gzip header that is there, or to the data. */
    private void nextPart() {
        if ((flags & HAS_EXTRA) != 0) {
            skip = 2;
        } else if ((flags & (HAS_NAME | HAS_COMMENT)) == 0) {
            if ((flags & HAS_CRC) != 0) {
                skip = 2;
            } else {
                inHeader = false;
                start(true);
            }
        }
    }

    private void header(int c) {
        if ((flags & HAS_EXTRA) != 0) {
            if (skip > 0) {
                extraBytes = skip == 2 ? c : extraBytes | c << 8;
                if (--skip > 0 || extraBytes > 0) {
                    return;
                }
            } else if (--extraBytes > 0) {
                return;
            }
            flags &= ~HAS_EXTRA;
            nextPart();
        } else if ((flags & HAS_NAME) != 0) {
            if (c == 0) {
                flags &= ~HAS_NAME;
                nextPart();
            }
        } else if ((flags & HAS_COMMENT) != 0) {
            if (c == 0) {
                flags &= ~HAS_COMMENT;
                nextPart();
            }
        } else if (--skip == 0) {
            flags &= ~HAS_CRC;
            nextPart();
        }
    }

    @Override
    public void close() {
        over = true;
        Inflater i = inflater;
        inflater = null;
        if (i != null) {
            i.end();
        }
    }
}
