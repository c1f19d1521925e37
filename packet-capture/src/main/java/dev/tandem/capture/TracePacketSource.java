package dev.tandem.capture;

import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Packets from a trace file: pcap (microseconds, nanoseconds, both byte orders) or pcapng, either of them also
 * gzip-compressed; the file's first bytes tell which. Plain Java: no libpcap.
 *
 * <p>Packets are not copied: a batch points into the file buffer, which holds still until the next fill. A file that is
 * cut short gives the packets it holds, then ends with a {@link #complaint}. A damaged file gives the packets before the
 * damage, then a {@link CaptureException}.
 */
public final class TracePacketSource implements PacketSource {
    /** Name that stands for standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final int GZIP_BUFFER = 64 * 1024;

    private final String name;
    private final TraceInput input;
    private final TraceReader reader;
    private boolean ended;

    private TracePacketSource(String name, TraceInput input) throws CaptureException {
        this.name = name;
        this.input = input;
        TraceReader pcap = PcapReader.of(input);
        TraceReader found = pcap != null ? pcap : PcapngReader.of(input);
        if (found == null) {
            throw new CaptureException(input.name() + ": not a capture file");
        }
        reader = found;
    }

    /**
     * Opens a trace.
     *
     * @param file {@code -} is standard input
     * @throws CaptureException when there is no such file, when it cannot be read, or when it is no capture file
     */
    public static TracePacketSource open(Path file) throws CaptureException {
        String name = file.toString();
        if (name.equals(STANDARD_INPUT)) {
            return open(new FileInputStream(FileDescriptor.in), name);
        }
        if (Files.isDirectory(file)) {
            throw new CaptureException(name + ": Is a directory");
        }
        try {
            return open(Files.newInputStream(file), name);
        } catch (CaptureException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new CaptureException(name + ": No such file or directory", e);
        } catch (AccessDeniedException e) {
            throw new CaptureException(name + ": Permission denied", e);
        } catch (IOException e) {
            throw new CaptureException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a trace from a stream, which is closed with the source, or at once when it is no trace.
     *
     * @param name for messages
     */
    public static TracePacketSource open(InputStream stream, String name) throws CaptureException {
        String spoken = name.equals(STANDARD_INPUT) ? "standard input" : name;
        InputStream opened = stream;
        try {
            opened = decompressed(stream);
            return new TracePacketSource(name, new TraceInput(opened, spoken));
        } catch (IOException e) {
            try {
                opened.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            if (e instanceof CaptureException known) {
                throw known;
            }
            String why = e instanceof EOFException ? "compressed data is cut short" : e.getMessage();
            throw new CaptureException(spoken + ": " + why, e);
        }
    }

    private static InputStream decompressed(InputStream stream) throws IOException {
        byte[] first = stream.readNBytes(2);
        InputStream whole = new PrefixedStream(first, stream);
        boolean compressed = first.length == 2 && (first[0] & 0xff) == 0x1f && (first[1] & 0xff) == 0x8b;
        return compressed ? new GZIPInputStream(whole, GZIP_BUFFER) : whole;
    }

    @Override
    public int fill(PacketBatch batch) throws CaptureException {
        if (ended) {
            batch.begin(batch.linkType());
            return END;
        }
        int packets = reader.fill(batch);
        ended = packets == END;
        return packets;
    }

    @Override
    public boolean live() {
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int linkType() {
        return reader.linkType();
    }

    @Override
    public @Nullable String complaint() {
        String cut = reader.complaint();
        return cut == null && ended && input.cutInCompression() ? "compressed data is cut short" : cut;
    }

    @Override
    public void close() {
        input.close();
    }
}
