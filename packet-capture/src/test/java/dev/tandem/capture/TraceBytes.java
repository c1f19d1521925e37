package dev.tandem.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPOutputStream;

/** Builds trace files byte by byte. */
final class TraceBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteOrder order;

    private TraceBytes(ByteOrder order) {
        this.order = order;
    }

    static TraceBytes in(ByteOrder order) {
        return new TraceBytes(order);
    }

    /** A microsecond file of Ethernet packets. */
    static TraceBytes pcap() {
        return in(ByteOrder.LITTLE_ENDIAN).pcapHeader(PcapReader.MAGIC_MICROS, 2, 4, 65_535, 1);
    }

    static TraceBytes pcapng() {
        return in(ByteOrder.LITTLE_ENDIAN).section();
    }

    TraceBytes pcapHeader(int magic, int major, int minor, int snapshot, int linkType) {
        return ints(magic).shorts(major, minor).ints(0, 0, snapshot, linkType);
    }

    TraceBytes record(int seconds, int fraction, int original, byte... packet) {
        return ints(seconds, fraction, packet.length, original).bytes(packet);
    }

    TraceBytes section() {
        return block(
                PcapngReader.SECTION,
                body().ints(PcapngReader.BYTE_ORDER).shorts(1, 0).ints(-1, -1));
    }

    /** A section in another byte order than the last. */
    TraceBytes section(ByteOrder newOrder) {
        order = newOrder;
        return section();
    }

    TraceBytes interfaceOf(int linkType) {
        return interfaceOf(linkType, body());
    }

    TraceBytes interfaceOf(int linkType, TraceBytes options) {
        return interfaceOf(linkType, 0, options);
    }

    TraceBytes interfaceOf(int linkType, int snapshot, TraceBytes options) {
        return block(
                PcapngReader.INTERFACE,
                body().shorts(linkType, 0).ints(snapshot).bytes(options.bytes()));
    }

    TraceBytes option(int code, byte... value) {
        return shorts(code, value.length).bytes(value).padded();
    }

    TraceBytes enhanced(int interfaceNumber, long ticks, int original, byte... packet) {
        return block(
                PcapngReader.ENHANCED_PACKET,
                body().ints(interfaceNumber, (int) (ticks >>> 32), (int) ticks, packet.length, original)
                        .bytes(packet)
                        .padded());
    }

    TraceBytes obsolete(int interfaceNumber, long ticks, int original, byte... packet) {
        return block(
                PcapngReader.OBSOLETE_PACKET,
                body().shorts(interfaceNumber, 3)
                        .ints((int) (ticks >>> 32), (int) ticks, packet.length, original)
                        .bytes(packet)
                        .padded());
    }

    TraceBytes simple(int original, byte... packet) {
        return block(
                PcapngReader.SIMPLE_PACKET, body().ints(original).bytes(packet).padded());
    }

    TraceBytes block(int type, TraceBytes body) {
        byte[] content = body.bytes();
        return ints(type, content.length + 12).bytes(content).ints(content.length + 12);
    }

    /** Something of the same byte order to put in a block. */
    TraceBytes body() {
        return new TraceBytes(order);
    }

    TraceBytes ints(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(order);
        for (int value : values) {
            buffer.putInt(value);
        }
        return bytes(buffer.array());
    }

    TraceBytes shorts(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(order);
        for (int value : values) {
            buffer.putShort((short) value);
        }
        return bytes(buffer.array());
    }

    TraceBytes bytes(byte... values) {
        out.writeBytes(values);
        return this;
    }

    TraceBytes padded() {
        while (out.size() % 4 != 0) {
            out.write(0);
        }
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    byte[] gzipped() {
        return gzipped(bytes());
    }

    static byte[] gzipped(byte[] plain) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(compressed)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
