package dev.tandem.daemon;

import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSink;
import dev.tandem.core.packet.PacketSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Packets of another source, each written to a sink as it is taken ({@code -w}). Sources on several threads
 * may have the same sink: their packets are in order by batch then.
 */
final class WrittenPacketSource implements PacketSource {
    private final PacketSource source;
    private final PacketSink sink;

    /** @param sink stays the caller's, who closes it */
    WrittenPacketSource(PacketSource source, PacketSink sink) {
        this.source = source;
        this.sink = sink;
    }

    @Override
    public int fill(PacketBatch batch) throws IOException {
        int packets = source.fill(batch);
        synchronized (sink) {
            for (int i = 0; i < packets; i++) {
                sink.write(batch, i);
            }
        }
        return packets;
    }

    @Override
    public boolean waitForPackets(int millis) throws IOException {
        return source.waitForPackets(millis);
    }

    @Override
    public boolean live() {
        return source.live();
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public int linkType() {
        return source.linkType();
    }

    @Override
    public @Nullable String complaint() {
        return source.complaint();
    }

    @Override
    public long dropped() {
        return source.dropped();
    }

    @Override
    public long received() {
        return source.received();
    }

    @Override
    public void close() {
        source.close();
    }
}
