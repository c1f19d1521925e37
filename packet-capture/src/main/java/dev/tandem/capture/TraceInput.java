package dev.tandem.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a trace file, read in large pieces into one array: 256 KB and more at a time keeps packets in the
 * processor's cache and system calls rare. What lies between {@link #position} and {@link #limit} has been read and not
 * yet been used. {@link #load} and {@link #skip} move bytes about, so no packet handed out may still be in use then.
 */
final class TraceInput {
    /** Room for the largest packet and a good piece of what follows it. */
    private static final int BUFFER_BYTES = 512 * 1024;

    private final InputStream in;
    private final String name;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private boolean ended;
    private boolean cutInCompression;

    TraceInput(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    /** Changes when a larger one is needed. */
    byte[] buffer() {
        return buffer;
    }

    int position() {
        return position;
    }

    int limit() {
        return limit;
    }

    int available() {
        return limit - position;
    }

    /** Says how far the bytes have been used. */
    void position(int newPosition) {
        position = newPosition;
    }

    /** Name for messages. */
    String name() {
        return name;
    }

    /** Whether compressed data ended too early. */
    boolean cutInCompression() {
        return cutInCompression;
    }

    /**
     * Makes that many bytes available if the file has them; waits for no more than these, so that packets from a pipe
     * are seen as they come.
     *
     * @return false when the file ends before
     */
    boolean load(int bytes) throws CaptureException {
        if (available() >= bytes) {
            return true;
        }
        makeRoom(bytes);
        while (available() < bytes) {
            int got = read(buffer, limit, buffer.length - limit);
            if (got < 0) {
                return false;
            }
            limit += got;
        }
        return true;
    }

    /**
     * Leaves out that many bytes, however many these are.
     *
     * @return false when the file ends before
     */
    boolean skip(long bytes) throws CaptureException {
        long left = bytes;
        while (left > available()) {
            left -= available();
            position = 0;
            limit = 0;
            int got = read(buffer, 0, buffer.length);
            if (got < 0) {
                return false;
            }
            limit = got;
        }
        position += (int) left;
        return true;
    }

    private void makeRoom(int bytes) {
        int tail = available();
        byte[] target = bytes <= buffer.length ? buffer : new byte[bytes];
        System.arraycopy(buffer, position, target, 0, tail);
        buffer = target;
        position = 0;
        limit = tail;
    }

    private int read(byte[] into, int at, int most) throws CaptureException {
        if (ended) {
            return -1;
        }
        try {
            int got = in.read(into, at, most);
            ended = got < 0;
            return got;
        } catch (EOFException e) {
            ended = true;
            cutInCompression = true;
            return -1;
        } catch (ZipException e) {
            throw new CaptureException(name + ": compressed data is damaged (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw new CaptureException(name + ": " + e.getMessage(), e);
        }
    }

    void close() {
        try {
            in.close();
        } catch (IOException e) {
            // Nothing was written: there is nothing to lose.
        }
    }
}
