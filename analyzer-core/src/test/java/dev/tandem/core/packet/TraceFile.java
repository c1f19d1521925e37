package dev.tandem.core.packet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads classic pcap files as far as tests need it. */
public final class TraceFile implements PacketSource {
    private static final int HEADER = 16;

    private final InputStream in;
    private final String name;
    private final ByteOrder order;
    private final int linkType;
    private final int nanosPerUnit;
    private final byte[] header = new byte[24];

    public TraceFile(Path path) throws IOException {
        name = path.getFileName().toString();
        in = new BufferedInputStream(Files.newInputStream(path), 1 << 18);
        if (in.readNBytes(header, 0, 24) < 24) {
            throw new IOException(name + " has no header");
        }
        boolean little = (header[0] & 0xff) == 0xd4 || (header[0] & 0xff) == 0x4d;
        order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer buffer = ByteBuffer.wrap(header).order(order);
        int magic = buffer.getInt(0);
        if (magic != 0xa1b2c3d4 && magic != 0xa1b23c4d) {
            throw new IOException(name + " is no pcap file");
        }
        nanosPerUnit = magic == 0xa1b2c3d4 ? 1000 : 1;
        linkType = buffer.getInt(20);
    }

    @Override
    public int fill(PacketBatch batch) throws IOException {
        batch.begin(linkType);
        ByteBuffer buffer = ByteBuffer.wrap(header).order(order);
        while (batch.hasRoom(65_536)) {
            if (in.readNBytes(header, 0, HEADER) < HEADER) {
                break;
            }
            int captured = buffer.getInt(8);
            long nanos = (buffer.getInt(0) & 0xffff_ffffL) * 1_000_000_000L + (long) buffer.getInt(4) * nanosPerUnit;
            int at = batch.add(nanos, captured, buffer.getInt(12));
            if (in.readNBytes(batch.data(), at, captured) < captured) {
                throw new IOException(name + " is cut short");
            }
        }
        return batch.count() == 0 ? END : batch.count();
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
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
