package dev.tandem.core.record;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Port;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The script type {@code conn_id}: fields orig_h, orig_p, resp_h, resp_p, proto, ctx, in this order. */
public final class ConnIdRecord extends CoreRecord {
    static final int SLOTS = 6;

    /** The slot of what tells ids apart beside addresses and ports. */
    public static final int CONTEXT = 5;

    private @Nullable Addr origHost;
    private @Nullable Port origPort;
    private @Nullable Addr respHost;
    private @Nullable Port respPort;
    private int protocol = 65535;
    private @Nullable Object context;

    public ConnIdRecord(RecordLayout layout) {
        super(layout, SLOTS);
    }

    /** @param protocol IP protocol number, 65535 when unknown */
    public void fill(Addr origHost, Port origPort, Addr respHost, Port respPort, int protocol) {
        this.origHost = origHost;
        this.origPort = origPort;
        this.respHost = respHost;
        this.respPort = respPort;
        this.protocol = protocol;
    }

    @Override
    @Nullable
    Object getOwn(int slot) {
        return switch (slot) {
            case 0 -> origHost;
            case 1 -> origPort;
            case 2 -> respHost;
            case 3 -> respPort;
            case 4 -> (long) protocol;
            default -> context;
        };
    }

    @Override
    void setOwn(int slot, @Nullable Object value) {
        switch (slot) {
            case 0 -> origHost = (Addr) value;
            case 1 -> origPort = (Port) value;
            case 2 -> respHost = (Addr) value;
            case 3 -> respPort = (Port) value;
            case 4 -> protocol = value == null ? 65535 : ((Long) Objects.requireNonNull(value)).intValue();
            default -> context = value;
        }
    }
}
