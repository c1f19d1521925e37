import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Writes a trace of whole TCP connections that speed is measured on: {@code java FlowTrace.java OUT.pcap [FLOWS [PACKETS]]}, by
 * default 50,000 connections of 20 packets. The same arguments give the same bytes. Checksums are right, the payload is opaque,
 * the connections overlap: all begin within two minutes, and one lasts a second or less.
 */
final class FlowTrace {
    private static final int SYN = 0x02, FIN = 0x01, PSH = 0x08, ACK = 0x10;
    private static final int HEADERS = 14 + 20 + 20;
    private static final int[] SIZES = {1000, 60, 520, 140, 300};
    private static final long START_MICROS = 1_700_000_000_000_000L;
    private static final long SPREAD_MICROS = 120_000_000L;
    private static final int SERVER_PORT = 9999;

    private final SplittableRandom random = new SplittableRandom(7);
    private final byte[] payload = new byte[1000];
    private final int packets;

    private FlowTrace(int packets) {
        this.packets = packets;
        random.nextBytes(payload);
    }

    /** One connection on its way: what its next packet is and when. */
    private static final class Flow implements Comparable<Flow> {
        final int number;
        final long step;
        long due;
        int sent;
        int originatorSeq;
        int responderSeq;

        Flow(int number, long due, long step) {
            this.number = number;
            this.due = due;
            this.step = step;
            this.originatorSeq = 1000 + (number * 7919 & 0x3FFF_FFFF);
            this.responderSeq = 1000 + (number * 104_729 & 0x3FFF_FFFF);
        }

        @Override
        public int compareTo(Flow other) {
            int byTime = Long.compare(due, other.due);
            return byTime != 0 ? byTime : Integer.compare(number, other.number);
        }
    }

    public static void main(String[] args) throws IOException {
        if (args.length < 1 || args.length > 3) {
            System.err.println("usage: java FlowTrace.java OUT.pcap [FLOWS [PACKETS]]");
            System.exit(2);
        }
        int flows = args.length > 1 ? Integer.parseInt(args[1]) : 50_000;
        int packets = args.length > 2 ? Integer.parseInt(args[2]) : 20;
        if (flows < 1 || flows > 1 << 24 || packets < 7) {
            System.err.println("FlowTrace: 1 to 16777216 flows of 7 packets or more");
            System.exit(2);
        }
        new FlowTrace(packets).write(Path.of(args[0]), flows);
    }

    private void write(Path file, int flows) throws IOException {
        PriorityQueue<Flow> underway = new PriorityQueue<>(flows);
        for (int i = 0; i < flows; i++) {
            underway.add(new Flow(i, random.nextLong(SPREAD_MICROS), 1_000 + random.nextLong(49_000)));
        }
        ByteBuffer record = ByteBuffer.allocate(16 + HEADERS + payload.length);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
            header.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
            header.putInt(65_535).putInt(1);
            out.write(header.array());
            while (!underway.isEmpty()) {
                Flow flow = underway.poll();
                next(flow, record.clear());
                out.write(record.array(), 0, record.position());
                if (++flow.sent < packets) {
                    flow.due += flow.step;
                    underway.add(flow);
                }
            }
        }
    }

    /** The connection's next packet: handshake, data with an acknowledgement after each three, and an orderly end. */
    private void next(Flow flow, ByteBuffer record) {
        int k = flow.sent;
        int left = packets - k;
        boolean fromOriginator = k == 1 ? false : left == 2 ? false : k < 3 || left <= 3 || k % 3 == 0;
        int flags = k == 0 ? SYN : k == 1 ? SYN | ACK : k == 2 || left == 1 ? ACK : left <= 3 ? FIN | ACK : 0;
        int size = 0;
        if (flags == 0) {
            boolean plainAck = k % 4 == 3;
            flags = plainAck ? ACK : PSH | ACK;
            size = plainAck ? 0 : SIZES[(k + flow.number) % SIZES.length];
        }

        record.order(ByteOrder.LITTLE_ENDIAN);
        long at = START_MICROS + flow.due;
        record.putInt((int) (at / 1_000_000)).putInt((int) (at % 1_000_000));
        record.putInt(HEADERS + size).putInt(HEADERS + size);
        record.order(ByteOrder.BIG_ENDIAN);
        record.putShort((short) 0x0200).putInt(fromOriginator ? 2 : 1);
        record.putShort((short) 0x0200).putInt(fromOriginator ? 1 : 2).putShort((short) 0x0800);

        int client = 10 << 24 | flow.number;
        int server = 172 << 24 | 16 << 16 | flow.number % 241 << 8 | 1 + flow.number % 199;
        int ip = record.position();
        record.put((byte) 0x45).put((byte) 0).putShort((short) (40 + size)).putShort((short) k);
        record.putShort((short) 0x4000).put((byte) 64).put((byte) 6).putShort((short) 0);
        record.putInt(fromOriginator ? client : server).putInt(fromOriginator ? server : client);
        record.putShort(ip + 10, (short) ~sum(record, ip, 20, 0));

        int clientPort = 1024 + flow.number * 11 % 60_000;
        int tcp = record.position();
        record.putShort((short) (fromOriginator ? clientPort : SERVER_PORT));
        record.putShort((short) (fromOriginator ? SERVER_PORT : clientPort));
        record.putInt(fromOriginator ? flow.originatorSeq : flow.responderSeq);
        record.putInt((flags & ACK) == 0 ? 0 : fromOriginator ? flow.responderSeq : flow.originatorSeq);
        record.put((byte) 0x50).put((byte) flags).putShort((short) 65_000).putInt(0);
        record.put(payload, 0, size);
        int pseudo = sum(record, ip + 12, 8, 6 + 20 + size);
        record.putShort(tcp + 16, (short) ~sum(record, tcp, 20 + size, pseudo));

        int used = size + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
        if (fromOriginator) {
            flow.originatorSeq += used;
        } else {
            flow.responderSeq += used;
        }
    }

    /** The Internet checksum's folded sum (RFC 1071), before it is complemented. */
    private static int sum(ByteBuffer data, int from, int length, int initial) {
        int sum = initial;
        int i = from;
        for (; i + 1 < from + length; i += 2) {
            sum += data.getShort(i) & 0xFFFF;
        }
        if (i < from + length) {
            sum += (data.get(i) & 0xFF) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return sum;
    }
}
