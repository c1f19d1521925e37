package dev.tandem.capture;

import dev.tandem.core.packet.PacketBatch;
import dev.tandem.core.packet.PacketSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Packets of another source that a capture filter accepts; for trace files, as an interface is filtered in the kernel. */
public final class FilteredPacketSource implements PacketSource {
    private final PacketSource source;
    private final CaptureFilter filter;

    /** @param source closed with this one */
    public FilteredPacketSource(PacketSource source, CaptureFilter filter) {
        this.source = source;
        this.filter = filter;
    }

    @Override
    public int fill(PacketBatch batch) throws IOException {
        int packets;
        do {
            packets = source.fill(batch);
        } while (packets > 0 && batch.retain(filter.program(batch.linkType())) == 0);
        return packets > 0 ? batch.count() : packets;
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
