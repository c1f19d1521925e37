package dev.tandem.capture;

import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSink;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Writes packets to a classic capture file in the byte order of this machine. The file is begun at once, and its header
 * written with the first packet, whose link type it states; packets of another link type cannot follow. Owned by one
 * thread.
 */
public final class TraceWriter implements PacketSink {
    /** Unit of time stamps in the file; every reader takes microseconds. */
    public enum Resolution {
        MICROSECONDS(PcapReader.MAGIC_MICROS, 1_000),
        NANOSECONDS(PcapReader.MAGIC_NANOS, 1);

        private final int magic;
        private final int nanosPerUnit;

        Resolution(int magic, int nanosPerUnit) {
            this.magic = magic;
            this.nanosPerUnit = nanosPerUnit;
        }
    }

    private static final int BUFFER_BYTES = 256 * 1024;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NO_LINK_TYPE = -1;
    private static final ByteLayout LAYOUT = ByteLayout.ofThisMachine();

    private final OutputStream out;
    private final String name;
    private final Resolution resolution;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int used;
    private int linkType = NO_LINK_TYPE;
    private boolean closed;

    private TraceWriter(OutputStream out, String name, Resolution resolution) {
        this.out = out;
        this.name = name;
        this.resolution = resolution;
    }

    /**
     * Creates or overwrites a trace.
     *
     * @param file {@code -} is standard output
     * @throws CaptureException when it cannot be written
     */
    public static TraceWriter create(Path file, Resolution resolution) throws CaptureException {
        String name = file.toString();
        if (name.equals(TracePacketSource.STANDARD_INPUT)) {
            return new TraceWriter(new FileOutputStream(FileDescriptor.out), "standard output", resolution);
        }
        if (Files.isDirectory(file)) {
            throw new CaptureException(name + ": Is a directory");
        }
        try {
            return new TraceWriter(Files.newOutputStream(file), name, resolution);
        } catch (NoSuchFileException e) {
            throw new CaptureException(name + ": No such file or directory", e);
        } catch (AccessDeniedException e) {
            throw new CaptureException(name + ": Permission denied", e);
        } catch (IOException e) {
            throw new CaptureException(name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void write(PacketBatch batch, int packet) throws CaptureException {
        if (linkType == NO_LINK_TYPE) {
            begin(batch.linkType());
        } else if (batch.linkType() != linkType) {
            throw new CaptureException(name + ": a packet of link type " + batch.linkType()
                    + " cannot go into a file of link type " + linkType);
        }
        int captured = batch.capturedBytes(packet);
        long nanos = batch.timeNanos(packet);
        reserve(PcapReader.RECORD_HEADER);
        putInt((int) Math.floorDiv(nanos, NANOS_PER_SECOND));
        putInt((int) Math.floorMod(nanos, NANOS_PER_SECOND) / resolution.nanosPerUnit);
        putInt(captured);
        putInt(batch.originalBytes(packet));
        put(batch.data(), batch.offset(packet), captured);
    }

    private void begin(int firstLinkType) throws CaptureException {
        linkType = firstLinkType;
        put(PcapReader.header(LAYOUT, resolution.magic, firstLinkType), 0, PcapReader.FILE_HEADER);
    }

    private void putInt(int value) {
        LAYOUT.putInt32(buffer, used, value);
        used += Integer.BYTES;
    }

    private void put(byte[] bytes, int at, int count) throws CaptureException {
        reserve(Math.min(count, buffer.length));
        if (count > buffer.length) {
            writeOut(bytes, at, count);
        } else {
            System.arraycopy(bytes, at, buffer, used, count);
            used += count;
        }
    }

    private void reserve(int bytes) throws CaptureException {
        if (bytes > buffer.length - used) {
            drain();
        }
    }

    private void drain() throws CaptureException {
        writeOut(buffer, 0, used);
        used = 0;
    }

    private void writeOut(byte[] bytes, int at, int count) throws CaptureException {
        try {
            out.write(bytes, at, count);
        } catch (IOException e) {
            throw new CaptureException(name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void flush() throws CaptureException {
        if (closed) {
            return;
        }
        drain();
        try {
            out.flush();
        } catch (IOException e) {
            throw new CaptureException(name + ": " + e.getMessage(), e);
        }
    }

    /** A file that got no packet becomes an empty trace of Ethernet. */
    @Override
    public void close() throws CaptureException {
        if (closed) {
            return;
        }
        try (out) {
            if (linkType == NO_LINK_TYPE) {
                begin(LinkType.ETHERNET);
            }
            flush();
        } catch (CaptureException e) {
            throw e;
        } catch (IOException e) {
            throw new CaptureException(name + ": " + e.getMessage(), e);
        } finally {
            closed = true;
        }
    }
}
