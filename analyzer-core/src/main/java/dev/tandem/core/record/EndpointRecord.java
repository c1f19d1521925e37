package dev.tandem.core.record;

import org.jspecify.annotations.Nullable;

/**
 * The script type {@code endpoint}: fields size, state, num_pkts, num_bytes_ip, flow_label, l2_addr, in this order. The
 * engine writes the counters just before scripts see the record.
 */
public final class EndpointRecord extends CoreRecord {
    static final int SLOTS = 6;

    /** Payload bytes (TCP: by sequence numbers). */
    public long size;

    /** The numeric value of the script constants TCP_INACTIVE ... UDP_ACTIVE. */
    public long state;

    /** Packets sent; negative is unset. */
    public long packets = -1;

    /** Bytes at IP level; negative is unset. */
    public long ipBytes = -1;

    public long flowLabel;

    /** Link-layer address as {@code Bytes} text, null when unset. */
    public @Nullable Object linkAddress;

    public EndpointRecord(RecordLayout layout) {
        super(layout, SLOTS);
    }

    @Override
    @Nullable
    Object getOwn(int slot) {
        return switch (slot) {
            case 0 -> size;
            case 1 -> state;
            case 2 -> packets < 0 ? null : packets;
            case 3 -> ipBytes < 0 ? null : ipBytes;
            case 4 -> flowLabel;
            default -> linkAddress;
        };
    }

    @Override
    void setOwn(int slot, @Nullable Object value) {
        switch (slot) {
            case 0 -> size = number(value, 0);
            case 1 -> state = number(value, 0);
            case 2 -> packets = number(value, -1);
            case 3 -> ipBytes = number(value, -1);
            case 4 -> flowLabel = number(value, 0);
            default -> linkAddress = value;
        }
    }

    private static long number(@Nullable Object value, long unset) {
        return value == null ? unset : (Long) value;
    }
}
