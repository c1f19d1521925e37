package dev.tandem.it;

import dev.tandem.capture.TraceWriter;
import dev.tandem.core.packet.LinkType;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Packets of small conversations, to be written in any form of trace file. */
final class TraceBuilder {
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final int PSH_ACK = 24;
    private static final int FIN_ACK = 17;
    private static final int RST_ACK = 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** @param original length on the wire, of which no more may be kept than the bytes */
    private record Frame(long nanos, byte[] bytes, int original) {}

    private final List<Frame> frames = new ArrayList<>();
    private long pace = NANOS_PER_MILLI;

    /** One end of a TCP connection. */
    private record End(String address, int port) {}

    /**
     * A whole TCP connection: nine packets, one each millisecond.
     *
     * @param start seconds since 1970
     */
    TraceBuilder tcp(double start, String from, int fromPort, String to, int toPort, String request, String reply) {
        return tcp(start, 0, from, fromPort, to, toPort, request, reply);
    }

    /** The same, which is silent for some seconds before its end. */
    TraceBuilder tcp(
            double start,
            double silentSeconds,
            String from,
            int fromPort,
            String to,
            int toPort,
            String request,
            String reply) {
        byte[] asked = request.getBytes(StandardCharsets.UTF_8);
        byte[] answered = reply.getBytes(StandardCharsets.UTF_8);
        End a = new End(from, fromPort);
        End b = new End(to, toPort);
        long at = nanos(start);
        long x = 1000;
        long y = 5000;
        at = segment(at, a, b, SYN, x++, 0, "");
        at = segment(at, b, a, SYN | ACK, y++, x, "");
        at = segment(at, a, b, ACK, x, y, "");
        at = segment(at, a, b, PSH_ACK, x, y, request);
        x += asked.length;
        at = segment(at, b, a, PSH_ACK, y, x, reply);
        y += answered.length;
        at = segment(at, a, b, ACK, x, y, "") + nanos(silentSeconds);
        at = segment(at, a, b, FIN_ACK, x++, y, "");
        at = segment(at, b, a, FIN_ACK, y++, x, "");
        segment(at, a, b, ACK, x, y, "");
        return this;
    }

    /** A whole TCP connection of nine packets, so many seconds after one another. */
    TraceBuilder tcpPaced(
            double start,
            double seconds,
            String from,
            int fromPort,
            String to,
            int toPort,
            String request,
            String reply) {
        pace = nanos(seconds);
        tcp(start, from, fromPort, to, toPort, request, reply);
        pace = NANOS_PER_MILLI;
        return this;
    }

    /** A connection that sends so many bytes, in segments of 40,000 of which the trace has the headers only. */
    TraceBuilder upload(double start, String from, int fromPort, String to, int toPort, int bytes) {
        End a = new End(from, fromPort);
        End b = new End(to, toPort);
        long x = 1000;
        long y = 5000;
        long at = segment(nanos(start), a, b, SYN, x++, 0, "");
        at = segment(at, b, a, SYN | ACK, y++, x, "");
        at = segment(at, a, b, ACK, x, y, "");
        for (int left = bytes; left > 0; left -= 40_000) {
            byte[] payload = new byte[Math.min(left, 40_000)];
            byte[] frame = PacketBuilder.tcp(from, fromPort, to, toPort)
                    .flags(PSH_ACK)
                    .sequence(x)
                    .acknowledgement(y)
                    .payload(payload)
                    .build();
            frames.add(new Frame(at, Arrays.copyOf(frame, frame.length - payload.length), frame.length));
            x += payload.length;
            at = segment(at + pace, b, a, ACK, y, x, "");
        }
        at = segment(at, a, b, FIN_ACK, x++, y, "");
        at = segment(at, b, a, FIN_ACK, y++, x, "");
        segment(at, a, b, ACK, x, y, "");
        return this;
    }

    /** A connection to a port where nobody listens. */
    TraceBuilder refused(double start, String from, int fromPort, String to, int toPort) {
        End a = new End(from, fromPort);
        End b = new End(to, toPort);
        long at = segment(nanos(start), a, b, SYN, 1000, 0, "");
        segment(at, b, a, RST_ACK, 0, 1001, "");
        return this;
    }

    private long segment(long nanos, End from, End to, int flags, long sequence, long acknowledged, String text) {
        add(
                nanos,
                PacketBuilder.tcp(from.address, from.port, to.address, to.port)
                        .flags(flags)
                        .sequence(sequence)
                        .acknowledgement(acknowledged)
                        .payload(text.getBytes(StandardCharsets.UTF_8)));
        return nanos + pace;
    }

    /** One datagram. */
    TraceBuilder udp(double at, String from, int fromPort, String to, int toPort, String text) {
        return add(
                nanos(at),
                PacketBuilder.udp(from, fromPort, to, toPort).payload(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** To the microsecond, which is what traces hold. */
    private static long nanos(double seconds) {
        return Math.round(seconds * 1e6) * 1000;
    }

    /** Any packet. */
    TraceBuilder packet(double at, PacketBuilder packet) {
        return add(nanos(at), packet);
    }

    private TraceBuilder add(long nanos, PacketBuilder packet) {
        byte[] bytes = packet.build();
        frames.add(new Frame(nanos, bytes, bytes.length));
        return this;
    }

    /** How many packets there are. */
    int size() {
        return frames.size();
    }

    /** Puts the packets of conversations that went on at the same time in order. */
    TraceBuilder inOrder() {
        frames.sort(Comparator.comparingLong(Frame::nanos));
        return this;
    }

    /** Writes a classic trace of microseconds. */
    Path pcap(Path file) {
        PacketBatch batch = new PacketBatch(2048, 1);
        try (TraceWriter writer = TraceWriter.create(file, TraceWriter.Resolution.MICROSECONDS)) {
            for (Frame frame : frames) {
                batch.begin(LinkType.ETHERNET);
                int at = batch.add(frame.nanos, frame.bytes.length, frame.original);
                System.arraycopy(frame.bytes, 0, batch.data(), at, frame.bytes.length);
                writer.write(batch, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Writes a pcapng trace of one interface with nanosecond stamps, in network byte order. */
    Path pcapng(Path file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                block(0x0A0D0D0A, body(16).putInt(0x1A2B3C4D).putInt(0x00010000).putLong(-1)));
        out.writeBytes(block(
                1,
                body(20).putInt(LinkType.ETHERNET << 16)
                        .putInt(0)
                        .putInt(9 << 16 | 1)
                        .putInt(9 << 24)
                        .putInt(0)));
        for (Frame frame : frames) {
            int padded = (frame.bytes.length + 3) / 4 * 4;
            ByteBuffer packet = body(20 + padded)
                    .putInt(0)
                    .putLong(frame.nanos)
                    .putInt(frame.bytes.length)
                    .putInt(frame.bytes.length);
            packet.put(20, frame.bytes);
            out.writeBytes(block(6, packet));
        }
        return write(file, out.toByteArray());
    }

    private static ByteBuffer body(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.BIG_ENDIAN);
    }

    private static byte[] block(int type, ByteBuffer body) {
        int length = body.capacity() + 12;
        ByteBuffer block = body(length).putInt(type).putInt(length).put(body.array());
        return block.putInt(length).array();
    }

    /** Compresses a file. */
    static Path gzip(Path from, Path to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(Files.readAllBytes(from));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return write(to, out.toByteArray());
    }

    private static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
