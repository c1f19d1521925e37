package dev.tandem.core.connection;

import dev.tandem.core.packet.DecodedPacket;
import dev.tandem.core.packet.IpProtocol;
import dev.tandem.core.packet.IpSettings;
import dev.tandem.core.packet.NetworkOrder;
import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketDecoder;
import dev.tandem.core.packet.PacketNotes;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the next packets of a batch will need of their connections, for many packets at a time.
 *
 * <p>With many live connections a packet's is in no cache, and its parts are found one by one: the place in the table, the
 * connection, its ends; a dozen times a packet memory is waited for as long as hundreds of instructions take. What different
 * packets need does not depend on each other, so a processor that is asked for all of it at once waits for all at once: with
 * a million connections that halves what a packet costs. Nothing is changed, and a packet whose connection is not found here,
 * such as one in a tunnel, only waits as it would have.
 */
final class LookAhead {
    /** Packets read at a time; a power of two. */
    static final int PACKETS = 32;

    /** So many connections are in the cache anyway. */
    private static final int CACHED = 8192;

    private final ConnectionTable table;
    private final PacketDecoder decoder;
    private final DecodedPacket packet = new DecodedPacket();
    private final long[] hashes = new long[PACKETS];
    private final @Nullable Connection[] connections = new Connection[PACKETS];

    /** What was read ends here, or reading would be left out as useless. */
    @SuppressWarnings("UnusedVariable")
    private int read;

    LookAhead(ConnectionTable table) {
        this.table = table;
        IpSettings headersOnly = new IpSettings();
        headersOnly.ignoreChecksums = true;
        headersOnly.discarder = p -> p.fragment;
        decoder = new PacketDecoder(PacketNotes.NONE, headersOnly);
    }

    /** Called for every packet before it is processed; does something for the first of {@link #PACKETS}. */
    void before(PacketBatch batch, int number) {
        if ((number & PACKETS - 1) == 0 && table.size() >= CACHED) {
            read(batch, number, Math.min(PACKETS, batch.count() - number));
        }
    }

    private void read(PacketBatch batch, int first, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            hashes[i] = hash(batch, first + i);
        }
        for (int i = 0; i < count; i++) {
            sum += table.readPlace(hashes[i]);
        }
        for (int i = 0; i < count; i++) {
            Connection c = table.likely(hashes[i]);
            connections[i] = c;
            if (c != null) {
                sum += c.read();
            }
        }
        for (int i = 0; i < count; i++) {
            Connection c = connections[i];
            if (c != null) {
                sum += c.readParts();
                connections[i] = null;
            }
        }
        read = sum;
    }

    /** Of the packet's flow; 0 when it has no ports. */
    long hash(PacketBatch batch, int number) {
        DecodedPacket p = packet;
        if (!decoder.decode(batch, number, p)
                || p.protocol != IpProtocol.TCP && p.protocol != IpProtocol.UDP
                || p.remaining() < 4) {
            return 0;
        }
        p.sourcePort = NetworkOrder.u16(p.data, p.at);
        p.destinationPort = NetworkOrder.u16(p.data, p.at + 2);
        return table.hash(p);
    }
}
